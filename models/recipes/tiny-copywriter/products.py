"""What is advertised: one line a product, `full name | short name | category | feature`.

The last word of the short name is the noun that evaluation looks for. Names of plural things carry
their unit: `pair:` or `set:`. A feature (or `-`) names an entry of phrases.FEATURES. Lines that start
with `!` are held out: neither their name nor their noun occurs in any training text.
"""
from dataclasses import dataclass


@dataclass(frozen=True)
class Product:
    name: str           # "waterproof hiking boot"
    short: str          # "hiking boot"
    category: str       # a key of phrases.CATEGORIES
    feature: str        # a key of phrases.FEATURES, or "" if the name promises nothing special
    unit: str = ""      # "", "pair" or "set"

    @property
    def plural(self) -> bool:
        return bool(self.unit)

    @property
    def noun(self) -> str:
        return self.short.split()[-1]


LINES = """
waterproof hiking boot | hiking boot | footwear | waterproof
pair: cushioned running shoes | running shoes | footwear | cushioned
pair: leather sneakers | sneakers | footwear | -
pair: insulated winter boots | winter boots | footwear | insulated
pair: wool slippers | slippers | footwear | cosy
pair: hiking sandals | sandals | footwear | -
lightweight trail shoe | trail shoe | footwear | lightweight
ankle boot | ankle boot | footwear | -
pair: football boots | football boots | footwear | -
pair: climbing shoes | climbing shoes | footwear | -
waterproof rain jacket | rain jacket | clothing | waterproof
down jacket | down jacket | clothing | insulated
wool sweater | sweater | clothing | cosy
organic cotton t-shirt | t-shirt | clothing | sustainable
pair: stretch jeans | jeans | clothing | flexible
pair: touchscreen gloves | gloves | clothing | insulated
knitted scarf | scarf | clothing | cosy
linen shirt | shirt | clothing | breathable
pair: merino socks | socks | clothing | breathable
sun hat | hat | clothing | -
reflective vest | vest | clothing | reflective
summer dress | dress | clothing | -
solar-powered backpack | backpack | bags | solar-powered
waterproof dry bag | dry bag | bags | waterproof
leather briefcase | briefcase | bags | handmade
carry-on suitcase | suitcase | bags | -
canvas tote bag | tote bag | bags | sustainable
laptop sleeve | laptop sleeve | bags | cushioned
camera bag | camera bag | bags | -
insulated lunch box | lunch box | bags | insulated
leather wallet | wallet | bags | handmade
bicycle pannier | pannier | bags | waterproof
pair: noise-cancelling headphones | headphones | audio | noise-cancelling
pair: wireless earbuds | earbuds | audio | wireless
bluetooth speaker | speaker | audio | wireless
waterproof shower speaker | shower speaker | audio | waterproof
vinyl record player | record player | audio | -
studio microphone | microphone | audio | -
digital radio | radio | audio | -
soundbar | soundbar | audio | compact
ultralight laptop | laptop | computing | lightweight
mechanical keyboard | keyboard | computing | -
ergonomic mouse | mouse | computing | ergonomic
curved monitor | monitor | computing | -
wireless charger | charger | computing | wireless
solar power bank | power bank | computing | solar-powered
drawing tablet | tablet | computing | -
e-book reader | reader | computing | lightweight
portable hard drive | hard drive | computing | compact
smart phone | phone | computing | smart
webcam | webcam | computing | -
espresso machine | espresso machine | coffee | -
burr coffee grinder | coffee grinder | coffee | -
french press | french press | coffee | -
insulated travel mug | travel mug | coffee | insulated
pour-over coffee maker | coffee maker | coffee | -
milk frother | milk frother | coffee | quiet
ceramic teapot | teapot | coffee | handmade
organic coffee blend | coffee blend | coffee | sustainable
stainless steel water bottle | water bottle | kitchen | durable
cast iron skillet | skillet | kitchen | durable
non-stick frying pan | frying pan | kitchen | easy-clean
chef's knife | knife | kitchen | -
stand mixer | mixer | kitchen | -
air fryer | air fryer | kitchen | -
bread machine | bread machine | kitchen | -
slow cooker | slow cooker | kitchen | -
set: nesting bowls | bowls | kitchen | compact
bamboo cutting board | cutting board | kitchen | sustainable
quiet dishwasher | dishwasher | kitchen | quiet
smoothie blender | blender | kitchen | -
pizza oven | pizza oven | kitchen | -
electric bike | electric bike | cycling | -
folding bike | folding bike | cycling | foldable
mountain bike | mountain bike | cycling | durable
bicycle helmet | bicycle helmet | cycling | lightweight
bike lock | bike lock | cycling | durable
electric scooter | scooter | cycling | foldable
cargo bike | cargo bike | cycling | -
bike light | bike light | cycling | rechargeable
child bike seat | bike seat | cycling | cushioned
yoga mat | yoga mat | fitness | cushioned
set: adjustable dumbbells | dumbbells | fitness | compact
set: resistance bands | resistance bands | fitness | flexible
rowing machine | rowing machine | fitness | quiet
fitness tracker | fitness tracker | fitness | smart
foam roller | foam roller | fitness | -
jump rope | jump rope | fitness | lightweight
foldable treadmill | treadmill | fitness | foldable
exercise ball | exercise ball | fitness | -
tennis racket | tennis racket | fitness | lightweight
swimming cap | swimming cap | fitness | -
memory foam pillow | pillow | sleep | cushioned
weighted blanket | blanket | sleep | cosy
organic mattress | mattress | sleep | sustainable
sunrise alarm clock | alarm clock | sleep | smart
linen duvet cover | duvet cover | sleep | breathable
white noise machine | noise machine | sleep | compact
silk sleep mask | sleep mask | sleep | -
four-season sleeping bag | sleeping bag | outdoor | insulated
two-person tent | tent | outdoor | waterproof
camping stove | stove | outdoor | compact
pair: trekking poles | trekking poles | outdoor | lightweight
rechargeable headlamp | headlamp | outdoor | rechargeable
solar lantern | lantern | outdoor | solar-powered
pair: compact binoculars | binoculars | outdoor | compact
folding camp chair | camp chair | outdoor | foldable
inflatable kayak | kayak | outdoor | compact
picnic blanket | picnic blanket | outdoor | waterproof
cool box | cool box | outdoor | insulated
fishing rod | fishing rod | outdoor | -
surfboard | surfboard | outdoor | durable
dimmable desk lamp | desk lamp | lighting | -
desk lamp | desk lamp | lighting | -
floor lamp | floor lamp | lighting | -
smart light bulb | light bulb | lighting | smart
bedside lamp | bedside lamp | lighting | rechargeable
set: string lights | string lights | lighting | solar-powered
scented candle | candle | lighting | -
ergonomic office chair | office chair | furniture | ergonomic
standing desk | standing desk | furniture | ergonomic
oak bookshelf | bookshelf | furniture | handmade
sofa bed | sofa bed | furniture | cushioned
rocking chair | rocking chair | furniture | handmade
coffee table | coffee table | furniture | -
shoe rack | shoe rack | furniture | compact
wool rug | rug | furniture | cosy
mechanical watch | watch | accessories | handmade
smart watch | watch | accessories | smart
pair: polarised sunglasses | sunglasses | accessories | polarised
pair: reading glasses | reading glasses | accessories | lightweight
silver necklace | necklace | accessories | handmade
windproof umbrella | umbrella | accessories | windproof
leather belt | belt | accessories | durable
key finder | key finder | accessories | smart
daily moisturiser | moisturiser | beauty | gentle
sunscreen | sunscreen | beauty | gentle
electric toothbrush | toothbrush | beauty | rechargeable
hair dryer | hair dryer | beauty | quiet
natural soap bar | soap | beauty | sustainable
beard trimmer | beard trimmer | beauty | rechargeable
hand cream | hand cream | beauty | gentle
lip balm | lip balm | beauty | gentle
robot vacuum cleaner | vacuum cleaner | cleaning | smart
cordless vacuum | vacuum | cleaning | wireless
steam mop | steam mop | cleaning | -
washing machine | washing machine | cleaning | quiet
refillable dish soap | dish soap | cleaning | sustainable
air purifier | air purifier | climate | quiet
smart thermostat | thermostat | climate | smart
tower fan | fan | climate | quiet
electric heater | heater | climate | compact
humidifier | humidifier | climate | quiet
pruning shears | pruning shears | garden | durable
cordless lawn mower | lawn mower | garden | wireless
herb garden kit | herb garden | garden | -
garden hose | garden hose | garden | flexible
raised planter | planter | garden | -
bird feeder | bird feeder | garden | -
cordless drill | drill | tools | wireless
multi-tool | multi-tool | tools | compact
set: precision screwdrivers | screwdrivers | tools | -
tool box | tool box | tools | durable
folding ladder | ladder | tools | foldable
dog harness | dog harness | pets | reflective
cat tree | cat tree | pets | -
automatic pet feeder | pet feeder | pets | smart
dog bed | dog bed | pets | easy-clean
baby carrier | baby carrier | family | ergonomic
compact stroller | stroller | family | foldable
set: wooden building blocks | building blocks | family | sustainable
board game | board game | family | -
baby monitor | baby monitor | family | wireless
balance bike | balance bike | family | lightweight
jigsaw puzzle | puzzle | family | -
set: watercolour paints | paints | creative | -
acoustic guitar | guitar | creative | handmade
digital piano | piano | creative | compact
instant camera | camera | creative | compact
mirrorless camera | camera | creative | lightweight
camera drone | drone | creative | foldable
travel tripod | tripod | creative | lightweight
sewing machine | sewing machine | creative | quiet
fountain pen | pen | creative | -
leather notebook | notebook | creative | handmade
weekly planner | weekly planner | creative | -
dark chocolate bar | chocolate bar | treats | sustainable
herbal tea | tea | treats | -
oat granola | granola | treats | -
sparkling lemonade | lemonade | treats | -
olive oil | olive oil | treats | -
hot sauce | hot sauce | treats | -
! waterproof poncho | poncho | clothing | waterproof
! handmade moccasin | moccasin | footwear | handmade
! rechargeable torch | torch | lighting | rechargeable
! electric kettle | kettle | kitchen | quiet
! lightweight hammock | hammock | outdoor | lightweight
! solar-powered doorbell | doorbell | computing | solar-powered
! compact projector | projector | audio | compact
! foldable easel | easel | creative | foldable
! insulated thermos | thermos | coffee | insulated
! ergonomic footrest | footrest | furniture | ergonomic
! kettlebell | kettlebell | fitness | durable
! unicycle | unicycle | cycling | -
"""


def _parse(line: str) -> Product:
    name, short, category, feature = (part.strip() for part in line.split("|"))
    unit = ""
    if ":" in name:
        unit, name = (part.strip() for part in name.split(":"))
    if short.endswith("shears"):
        unit = "pair"
    return Product(name, short, category, "" if feature == "-" else feature, unit)


_lines = [line.strip() for line in LINES.strip().splitlines()]
TRAINING = [_parse(line) for line in _lines if not line.startswith("!")]
HELD_OUT = [_parse(line[1:]) for line in _lines if line.startswith("!")]

# Further things to advertise, known by name only: they teach the model to carry a name over.
PLAIN_NOUNS = """
abacus accordion anorak apron armchair banjo barometer basket bathrobe beanbag bench blazer bookend
bracelet broom bucket calculator canoe cardigan cello chandelier chessboard clarinet coaster compass
cookbook corkscrew crib cufflink cupboard curtain cushion dartboard diary doormat dresser easy-chair
envelope flute folder fondue footstool frisbee globe goblet greenhouse grill hairbrush hairpin hamper
harmonica hatstand hoodie hourglass jar jigsaw jug juicer kimono kite lamp loom lute
magnet magnifier mandolin marble mirror napkin nightstand oboe oven paddle parasol
peeler pendant pergola pestle pillbox platter plough poster pouch quilt racquet rake ring ruler
saddle sandpit satchel saxophone scale screen seesaw shawl shovel sieve sled snorkel
spatula spoon stamp stapler stool swing tapestry tambourine tea-towel telescope
tin-opener toaster trampoline tray trombone trowel trumpet trunk typewriter ukulele vase
ventilator violin waffle-iron waistcoat wardrobe wheelbarrow whisk windmill wok workbench wreath
xylophone yo-yo zither
""".split()
