"""Forms, lists and signatures: what stands before a value is a word for it, or any word where the value says what it is."""
import random as rnd

import wordnet
from sentences import SHAPES

FIELDS = {
    "person": """Name|Contact|Manager|Lead|Owner|Author|Editor|Designer|Responsible|Assigned to|Requested by|Approved by|Signed|From|To|Attn|Cc
|Speaker|Guest|Caller|Buyer|Sender|Consultant|Sales rep|Photographer|Customer|Full name|First name|Surname|Your name|Agent|Assistant|Director
|Art director|Copywriter|Reviewer|Model|Actor|Voice|Passenger|Patient|Student|Member|Cardholder|Invited|Present|Absent|Representative""",
    "brand": """Brand|Client|Company|Make|Maker|Manufacturer|Supplier|Sponsor|Seller|Store|Partner|Label|Vendor|Advertiser|Competitor|Firm|Business
|Organisation|Agency|Publisher|Retailer|On behalf of|Customer|Producer|Merchant|Employer|Trade mark|Employed by|Bought at|Bought from""",
    "product": """Product|Item|Article|Model|Goods|What|Object|Line item|Product name|Title|Focus|Hero|About|Regarding|Gift|Prize|Ordered|Missing|Returned
|Broken|Exchange for|Position|Concerns|Wanted|For sale|Offer|Looking for|Description|Accessory|Category|Search|Re""",
    "price": "Price|Budget|Cost|Total|Amount|Fee|Net|Gross|Deposit|Limit|Refund|Value|Paid|Open|Discount|Shipping|Tax|Old price|New price|Per piece|Costs|Sum|Rate|Balance",
    "date": "Date|Deadline|Start|End|Launch|Delivery|Valid from|Until|Event|Ordered|Received|Purchased|Birthday|Issued|Expires|When|Day|Arrival|Departure|Release|Go-live|Period",
    "email": "E-mail|Email|Mail|Contact|Reply to|Send to|To|From|Cc|Write to|@",
    "phone": "Phone|Tel|Tel.|Telephone|Mobile|Cell|Fax|Call|Number|Hotline|Office|Private|M|T|P",
    "address": "Address|Delivery address|Ship to|Location|Venue|Where|Place|Street|Home|Office|Bill to|Meeting point|Shop|Branch|Lives at|Pick-up|Warehouse",
    "card": "Card|Card number|Credit card|Visa|Mastercard|Paid with|Payment|Debit card|Card no.|Charged to|Account",
    "number": "Order|Invoice|Ref|Case|ID|SKU|VAT no.|Customer no.|Ticket|Serial no.|Tracking|Booking|Contract",
    "count": "Pieces|Quantity|Qty|Size|Pages|Words|Stars|Number|Guests|Version|Seats|Percent",
    "time": "Time|At|Doors|From|Call|Opening|Start|Meeting",
}
FIELDS = {kind: listed.replace("\n", "").split("|") for kind, listed in FIELDS.items()}
KINDS = ("person", "brand", "product", "price", "date", "email", "phone", "address", "card", "number", "count", "time", "words")
WEIGHTS = (14, 10, 14, 9, 9, 8, 8, 8, 5, 4, 4, 2, 5)


def form(random: rnd.Random) -> str:
    """One to six fields, with `{type}` where a value comes."""
    mark, between = random.choice((": ", ": ", ": ", " ", " - ", " = ", "\t", ":", ":\n")), random.choice(("\n", "\n", "\n", ", ", " | ", " / ", "; ", " - ", ". "))
    if between in (" - ", ", ") and mark in (" - ", ":\n"):
        mark = ": "
    kinds = [random.choices(KINDS, WEIGHTS)[0] for _ in range(random.choices((1, 2, 3, 4, 5, 6), (15, 25, 25, 20, 10, 5))[0])]
    bare = random.random() < 0.2
    return between.join(_field(kind, "" if bare and kind in ("person", *SHAPES) else mark, random) for kind in kinds)


def _field(kind: str, mark: str, random: rnd.Random) -> str:
    lexicon = wordnet.load()
    any_word = lambda: random.choice((lexicon.nouns, lexicon.adjectives, lexicon.nouns))
    if kind == "words":
        return f"{random.choice(any_word()).capitalize()}{mark or ' '}{' '.join(random.choice(any_word()) for _ in range(random.randrange(1, 4)))}"
    if not mark:
        return f"{{{kind}}}"
    known = kind not in SHAPES or random.random() < 0.65
    name = random.choice(FIELDS[kind]) if known else " ".join(random.choice(any_word()) for _ in range(random.choice((1, 1, 2)))).capitalize()
    name = random.choices((name, name.lower(), name.upper()), (80, 15, 5))[0]
    values = f"{{{kind}}}"
    if random.random() < 0.12:
        values += random.choice((", ", " and ", " or ", " - ", " to ", " / ", " & ")) + f"{{{random.choice((kind, kind, *SHAPES))}}}"
    return f"{name}{mark}{values}"
