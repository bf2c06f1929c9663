"""Who is addressed: `plural name | moments | what they do`, alternatives separated by `;`.

A moment follows any sentence ("on every trail"); what they do completes "so that they can ..." and
"for people who ...", therefore it holds no pronoun.
"""
from dataclasses import dataclass


@dataclass(frozen=True)
class Audience:
    name: str
    moments: tuple[str, ...]
    acts: tuple[str, ...]


LINES = """
weekend hikers | on every trail; from the valley to the summit; from Friday night to Sunday evening | chase the next summit; walk one more mile; follow the path less travelled
busy parents | on the busiest mornings; from school run to bedtime; in the middle of the chaos | win back an hour; juggle ten things at once; keep the family smiling
college students | from first lecture to last exam; on a student budget; between two deadlines | learn more and worry less; stretch every coin; dream past the next exam
daily commuters | on the way to work; from platform to office; in the rush of the city | arrive relaxed; turn travel time into free time; beat the morning rush
remote workers | between two meetings; from the first call to the last; at the kitchen table or by the sea | work from anywhere; focus without effort; close the laptop on time
home cooks | at every family dinner; from breakfast to supper; on a quiet Sunday | cook with confidence; share good food; try a new recipe every week
coffee lovers | before the day begins; with every cup; on slow Sunday mornings | wake up happy; savour every sip; take the first cup seriously
young professionals | from Monday to Friday; after office hours; on the way up | aim higher; make a strong first impression; work hard and live well
retired couples | at an easy pace; on long afternoons; in the best years of life | enjoy every day; take time for each other; discover new places
frequent travellers | from gate to gate; in every time zone; on the next adventure | travel light; feel at home anywhere; collect memories
city cyclists | in the heart of the city; at every green light; rain or shine | ride past the traffic; own the bike lane; reach the office first
trail runners | on rough ground; at sunrise; mile after mile | run wild; outrun the weather; find a new rhythm
yoga beginners | from the first breath; one pose at a time; in the quiet of the morning | find balance; breathe deeply; start gently
gym regulars | set after set; before and after work; on leg day too | push a little further; beat a personal best; train with purpose
music fans | song after song; from the first note to the encore; on the front row of life | feel every beat; hear what others miss; live for the chorus
gamers | level after level; deep into the night; at the decisive moment | play to win; react faster; stay in the game
new parents | at three in the morning; through the first year; in the tender early days | rest a little easier; treasure small moments; keep calm
dog owners | on every walk; from park to sofa; come rain, come mud | follow a wagging tail; love the long way round; play fetch for hours
cat lovers | in every sunny spot; while the cat decides; through nine lives | share the sofa; live with a small tiger; understand a purr
gardeners | in every season; from seed to harvest; on warm spring evenings | grow something beautiful; watch life unfold; harvest with pride
amateur photographers | in the golden hour; at the perfect moment; frame by frame | see the world anew; catch the light; tell stories in pictures
weekend campers | under the stars; by the fire; far from the city | sleep under open skies; pack less and see more; unplug for real
small business owners | from opening to closing; on every working day; while the business grows | build something lasting; save time and money; serve customers well
teachers | from the first bell to the last; between two lessons; in every classroom | inspire the next generation; keep a cool head; make learning fun
nurses on night shift | through the longest night; shift after shift; when the ward is quiet | care without a pause; finish strong; recover well
teenagers | after school; all summer long; with the whole crew | stand out; do things differently; make today count
grandparents | with the whole family; on lazy afternoons; in every season of life | spoil the grandchildren; share old stories; stay young at heart
outdoor families | in every weather; from puddle to peak; on family weekends | make memories outside; explore together; come home muddy and happy
minimalists | with nothing in excess; day in, day out; in small spaces | own less and live more; choose quality over quantity; keep things simple
eco-conscious shoppers | with a clear conscience; today and tomorrow; for a greener world | buy once and buy well; tread lightly; choose with care
first-time home owners | in every room; from moving day on; in the new place | settle in with style; make a house a home; start fresh
apartment dwellers | in the smallest room; above the rooftops; in the city | make room for life; live large in small spaces; keep the neighbours happy
hobby bakers | from dough to crumb; on baking Sundays; at every birthday | bake with joy; fill the house with warmth; share the last slice
book lovers | chapter after chapter; on rainy afternoons; long past midnight | read one more page; get lost in a story; travel without leaving home
road trippers | mile after mile; from coast to coast; with the windows down | take the scenic route; sing along; stop where it is beautiful
freelancers | from pitch to invoice; between two projects; in any cafe | set their own hours; do their best work; stay independent
marathon runners | on the last mile; from start to finish line; in every training week | go the distance; trust the training; cross the line smiling
winter sports fans | on the first snow; from lift to lodge; below zero | carve fresh tracks; love the cold; ski until sunset
beach goers | all summer long; between sand and sea; under a blue sky | chase the sun; hear the waves; stay until sunset
craft enthusiasts | stitch by stitch; at the workbench; on creative evenings | make it by hand; bring ideas to life; finish what they start
software developers | from first commit to release; deep in the flow; between two builds | think clearly; ship with confidence; solve hard problems
light sleepers | all night long; from dusk till dawn; in the noisiest street | wake up rested; dream without a break; sleep like a child
"""


def _parse(line: str) -> Audience:
    name, moments, acts = (part.strip() for part in line.split("|"))
    return Audience(name, tuple(m.strip() for m in moments.split(";")), tuple(a.strip() for a in acts.split(";")))


AUDIENCES = [_parse(line) for line in LINES.strip().splitlines()]
