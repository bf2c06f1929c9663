"""What can be said about a product: three lists of alternatives, separated by `;`, for every feature and category.

- `does`: what the product does, bare ("keep the rain out"; the grammar makes "keeps" of it);
- `you`:  what its owner is invited to do, imperative;
- `gain`: what its owner gets, a noun phrase.
"""
from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    does: tuple[str, ...]
    you: tuple[str, ...]
    gain: tuple[str, ...]


def _parse(block: str) -> dict[str, Phrases]:
    table = {}
    for line in block.strip().splitlines():
        key, *lists = (part.strip() for part in line.split("|"))
        table[key] = Phrases(*(tuple(p.strip() for p in part.split(";")) for part in lists))
    return table


FEATURES = _parse("""
waterproof | keep the rain out; stay dry in any storm; shrug off the wettest weather | laugh at the rain; stay dry; ignore the forecast | dry days in wet weather; freedom from the forecast; shelter from every storm
cushioned | soften every bump; treat you gently; give way in all the right places | feel the softness; land softly; lean into comfort | comfort like a cloud; a softer landing; cushioning that lasts
insulated | hold the heat; lock the cold out; keep the temperature just right | stay warm; forget the cold; beat the frost | warmth on the coldest day; the right temperature for hours; heat that stays
cosy | wrap you in warmth; feel like a hug; make every evening softer | get cosy; wrap up warm; snuggle in | a warm embrace; cosy evenings; softness you can feel
lightweight | weigh next to nothing; travel light; lift the load off your shoulders | travel light; carry less; leave the weight behind | less weight and more freedom; featherlight ease; lightness all day
sustainable | tread lightly on the planet; waste nothing; come from nature | choose well for the planet; do good every day; go green with style | a clear conscience; goodness from nature; less waste and more joy
flexible | stretch with every move; bend without breaking; follow every movement | move freely; bend the rules; stretch further | room to move; freedom in every move; stretch without limits
breathable | let the air flow; keep you cool; breathe all day long | keep cool; breathe easy; feel fresh all day | fresh air all day; cool comfort; a feeling as light as air
reflective | shine in the dark; catch every headlight; make you visible | be seen; shine after dark; stay visible | safety after dark; visibility from every side; a bright spot in the night
solar-powered | run on sunshine; charge in the sun; turn daylight into power | power up in the sun; let the sun do the work; leave the plug behind | free power from the sun; energy from every sunny hour; power without a plug
handmade | age beautifully; carry the mark of a craftsman; tell a story of skilled hands | feel the craft; own something rare; choose the real thing | craftsmanship you can feel; beauty made by hand; character in every detail
noise-cancelling | shut out the noise; silence the world; leave only the music | find your silence; tune out the world; hear only what matters | pure sound and perfect silence; peace at the press of a button; quiet in the loudest places
wireless | cut the cord; connect in a second; work without wires | cut the cord; move without wires; go wireless | freedom from cables; no wires and no worries; power without the cord
compact | fit in any corner; take up almost no space; pack big power into a small size | save space; pack it anywhere; think small | big performance in a small size; more room for life; great things in little space
ergonomic | fit the way you move; support you all day; take the strain away | sit better; feel the support; work without strain | comfort that works; support in the right place; a posture to be proud of
smart | think ahead; learn your habits; take care of the details | let it think for you; relax and stay in control; live smarter | clever help every day; control at a touch; one less thing to remember
quiet | whisper instead of roar; keep the peace; work without a sound | enjoy the silence; hear yourself think; keep the peace | power without the noise; blissful silence; peace and quiet
durable | last a lifetime; take every knock; outlive every trend | buy it once; rely on it for life; demand more | strength for a lifetime; quality that lasts; toughness you can trust
easy-clean | wipe clean in seconds; rinse clean every time; stay spotless | skip the scrubbing; wipe and go; spend less time cleaning | cleaning in seconds; no scrubbing and no stress; a spotless finish
foldable | fold flat in seconds; tuck away anywhere; unfold in one move | fold it and go; stow it anywhere; unfold the fun | a small fold and a big difference; space when you need it; easy storage
rechargeable | recharge in no time; run for days on one charge; never ask for batteries | charge up and go; forget batteries; power through the week | days of power on one charge; energy that returns; endless power
polarised | cut the glare; sharpen every view; calm the brightest light | see clearly; beat the glare; look into the light | a clear view in bright light; sharper colours; eyes at ease
windproof | stand up to the wind; hold firm in a gale; never turn inside out | face the wind; walk tall in a storm; brave the gale | calm in the storm; strength against the wind; shelter in a gale
gentle | soothe sensitive skin; care without irritation; treat skin kindly | be kind to your skin; feel the care; glow naturally | gentle care every day; soft and happy skin; kindness for sensitive skin
""")

CATEGORIES = _parse("""
footwear | grip every path; carry you further; feel right from the first step | go the extra mile; take the long way home; put your best foot forward | comfort with every step; a sure step on any ground; happy feet all day
clothing | fit like a second skin; go with everything; look good all day | dress for the day; wear it your way; look good without trying | style without effort; a perfect fit; a favourite for every season
bags | carry it all; keep everything in place; swallow a whole day | pack your day; carry more with ease; grab it and go | room for everything; order in every pocket; a place for all your things
audio | bring the music to life; fill the room with sound; play every note clearly | turn it up; hear every note; press play | sound that moves you; music as it was meant to be; a concert in any room
computing | keep up with your ideas; speed through the day; never slow you down | get more done; stay connected; work at the speed of thought | speed for every task; more done in less time; technology that simply works
coffee | wake up the kitchen; make every morning special; pour out pure pleasure | start the day right; taste the difference; sip and smile | a perfect cup every time; cafe quality at home; mornings worth waking up for
kitchen | make cooking a pleasure; do the hard work; turn simple food into a feast | cook like a chef; enjoy every meal; taste more of life | dinner without stress; better food in less time; flavour in every bite
cycling | make every ride a joy; handle every road; leave the traffic behind | ride free; take the fast lane; turn every commute into a ride | the joy of the open road; a safe ride every day; more wind and less waiting
fitness | make every workout count; move with you; bring the gym home | find your strength; push your limits; move more every day | progress you can feel; strength for every day; a stronger you
sleep | send you to sleep; turn nights into rest; make mornings easier | sleep deeply; wake up refreshed; dream on | deep and restful sleep; sweeter dreams; nights of real rest
outdoor | make the wild feel like home; follow you anywhere; stand ready for adventure | go outside; explore more; answer the call of the wild | adventure without limits; nights to remember; nature at its best
lighting | set the right mood; brighten every evening; put light where it matters | see life in a new light; light up the room; switch on the mood | light for every moment; a warm glow; bright ideas after dark
furniture | make any room complete; invite you to stay; hold up for years | take a seat; make yourself at home; love your space | comfort you can come home to; a room that works; style for every room
accessories | finish every look; turn heads; go wherever you go | make an entrance; wear it with pride; add the final touch | the perfect finishing touch; quiet elegance; style that lasts
beauty | care for you every day; bring out your glow; make you feel fresh | glow with confidence; treat yourself; feel fresh | a moment of care; confidence that shows; a fresh start every morning
cleaning | leave no trace of dirt; make short work of chores; clean while you live | skip the chores; enjoy a clean home; put your feet up | a spotless home; more free time; clean floors without the work
climate | make the air feel right; keep every room pleasant; clear the air | breathe better; feel at ease; find your perfect climate | fresh air in every room; comfort at home; the perfect climate
garden | bring the garden to life; help everything grow; make green work easy | grow your own; get your hands dirty; let the garden bloom | a garden in full bloom; fresh green every day; a little paradise outside
tools | get the job done; make light work of hard jobs; solve any problem | fix it yourself; build something great; finish the job | the right tool for the job; repairs without fuss; work done well
pets | keep tails wagging; care for your best friend; make every pet feel loved | spoil your best friend; give them the best; play every day | happy pets and happy people; love for your best friend; a home for every paw
family | grow with your child; bring the family together; keep little ones happy | play together; enjoy every first; share the fun | smiles for the whole family; safe and happy days; fun for big and small
creative | bring ideas to life; capture every moment; inspire you every day | create something new; capture the moment; follow your imagination | room for big ideas; moments that last; art in everyday life
treats | taste of the good life; melt every bad mood; make any moment special | treat yourself; taste the moment; share the flavour | pure pleasure; a taste to remember; a little luxury every day
general | make life easier; do more than you expect; bring joy every day | enjoy the little things; make the most of it; treat yourself | a better everyday; quality you can trust; joy in simple things
""")
# "taste of the good life" is imperative-shaped on purpose: "tastes of the good life" reads well too.

# Features that a plain product of these categories may be given ("lightweight" + "sneakers").
EXTRA_FEATURES = {
    "footwear": "waterproof cushioned insulated lightweight sustainable flexible breathable handmade durable",
    "clothing": "waterproof insulated cosy lightweight sustainable flexible breathable reflective handmade windproof",
    "bags": "waterproof cushioned lightweight sustainable solar-powered handmade compact durable foldable reflective",
    "audio": "waterproof wireless compact smart solar-powered rechargeable durable",
    "computing": "wireless compact ergonomic smart quiet lightweight rechargeable foldable",
    "coffee": "insulated quiet compact smart easy-clean handmade durable",
    "kitchen": "quiet compact smart easy-clean durable sustainable",
    "cycling": "lightweight durable foldable reflective waterproof smart",
    "fitness": "lightweight compact flexible durable foldable sustainable quiet",
    "sleep": "cosy sustainable breathable cushioned lightweight",
    "outdoor": "waterproof lightweight compact durable foldable solar-powered rechargeable windproof",
    "lighting": "smart rechargeable solar-powered wireless handmade sustainable",
    "furniture": "ergonomic handmade compact foldable sustainable durable",
    "accessories": "lightweight handmade durable sustainable",
    "beauty": "gentle sustainable",
    "cleaning": "quiet wireless compact smart",
    "climate": "quiet compact smart",
    "garden": "durable sustainable lightweight",
    "tools": "compact durable wireless ergonomic",
    "pets": "easy-clean durable cosy sustainable",
    "family": "foldable lightweight sustainable durable easy-clean",
    "creative": "compact lightweight handmade durable",
    "treats": "sustainable handmade",
    "general": "handmade compact durable lightweight foldable sustainable quiet waterproof",
}

# The adjective a feature is called by when it is put in front of a product's short name.
ADJECTIVES = {"sustainable": "eco-friendly"}

DETAILS = (     # templates, see grammar.Words; "{+come}" is "comes" or "come"
    "{It} {+come} with a five-year warranty.",
    "{It} {+ship} in plastic-free packaging.",
    "Every detail is checked by hand before {it} {+leave} our workshop.",
    "{It} {is} available in six colours.",
    "Try {them} at home for thirty days.",
    "Delivery is free and returns are easy.",
    "{It} {+come} in packaging made from recycled materials.",
    "{It} won the hearts of thousands of customers.",
    "{It} {+arrive} ready to use.",
    "{It} {+make} a gift that is remembered.",
)

CLOSINGS = (
    "Order yours today.",
    "Find yours now.",
    "Discover {them} in our shop.",
    "See the difference for yourself.",
    "You will wonder how you ever lived without {them}.",
    "Once you try {them}, you will never go back.",
    "Life is better with {them}.",
    "Make {them} yours this week.",
)

SYSTEM_MESSAGES = (
    "You are a helpful assistant.",
    "You write advertising copy.",
    "You are a copywriter. Be brief and friendly.",
    "Answer in English.",
)

SYLLABLES = "ve lo ra no mi ta ki ze bo lu na ri so del van tor ix qui pra fel mon dar ly eo ja shu gro wen".split()
