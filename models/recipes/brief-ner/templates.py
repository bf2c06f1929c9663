"""What is written around the entities: one sentence or form a line, `[this|that]` one of them, `{kind}` a value.

Of DEVELOPMENT and HELD_OUT nothing is used in training. `\\n` starts a new line. A text is one to five of these in a row, see dataset.py.
"""
import itertools
import re

import everyday

BRIEFS = r"""
[Write|Create|Draft] [a slogan|a headline|an ad|a banner text|copy] for the {brand} {product}.
[Write|Please write] a product description for [a|the|our] {product} [by|from] {brand} that costs {price}.
We [need|want] [a campaign|three banners|a newsletter] for our {product} before {date}.
[Campaign|Briefing|Project]: {brand} {product}\nBudget: {price}\nLaunch: {date}
Brand: {brand}\nProduct: {product}\nPrice: {price}
Client: {brand}\nContact: {person}, {email}
The launch of the {product} is [on|planned for] {date}, [and|so] the budget is {price}.
{brand} [launches|presents|introduces] a new {product} on {date}.
[From|Starting] {date}, every {product} [is|will be] [reduced to|on sale for] {price}.
[The target price is|It sells for|Retail price] {price}, [down from|instead of] {price}.
Our client {brand} [sells|makes|ships] {product} [online|in {count} shops|in Europe].
[Contact|Ask|Call] {person} [at|on] {phone} for [the pictures|the logo files|approval].
Send the [drafts|first version|final text] to {email} by {date}.
Copy must [mention|name] {brand} and the price of {price}.
The [ad|spot|poster] [runs|is shown] from {date} to {date}.
[Approved|Signed off] by {person} on {date}.
Competitors are {brand} and {brand}; [we are cheaper|ours is better] at {price}.
[The new|Our] {brand} {product} is [lighter|quieter|stronger] than [ever|last year's].
Say that the {product} [won a prize|is made by hand|is back] and costs [only|just] {price}.
Ends {date}: {count}% off every {product} [at|from] {brand}.
[Headline|Idea]: "{brand}. [Made to last|Better mornings|Less is more]."
Target group: [young parents|students|people over 60]. Product: {product}. Offer: {price}.
Our store [at|in] {address} [opens|reopens] on {date}.
Visit us at {address} or [call|ring] {phone}.
[Shoot|Photo shoot] on {date} at {address}, {person} [brings|has] the {product}.
{person} from {brand} [wants|asked for] {count} versions for the {product}.
{person} ({email}) [decides|signs] [about|on] the {product} campaign.
[Newsletter|Mailing] no. {count}: {brand} [sale|news], valid until {date}.
[Invoice|Send the invoice] to {brand}, {address}.
For questions: {person}, {phone}, {email}.
The {product} comes in {count} colours and [costs|is] {price}.
[Media|Press] contact: {person}, {email}, {phone}
{brand} was founded in {address} and [still makes|makes] {product} there.
Please [mention|show] the {product} and the [old|regular] price {price}, [not|but not] the brand.
We [pay|offer] {price} per [post|clip|picture] about our {product}.
Influencer: {person}. Fee: {price}. Post date: {date}.
A {product} for {price}? Only [at|with] {brand}, only until {date}.
Product: {product}\nAudience: [families|runners|students]\nDeadline: {date}
Deadline {date}, [budget|total] {price}, [owner|lead] {person}.
[Tone|Voice]: friendly. [Do not|Never] name {brand} [in the headline|twice].
The {brand} [team|people] [like|love] short texts about [the|their] {product}.
"""

CUSTOMERS = r"""
[I|We] [bought|ordered|purchased] [a|the|your] {product} [on|back on] {date}.
My {product} [arrived|was delivered] [broken|damaged|late|yesterday], [and|so] I want my {price} back.
[Hello|Hi|Good morning|Dear team], my name is {person}.
[Hello|Dear] {person}, [thank you for your help|thanks for the quick answer|I am still waiting].
I [paid|was charged] {price} for [a|the] {product} [on|already on] {date}.
You can [reach|call] me [at|on|under] {phone}.
[My|Our] [phone number|number|mobile|cell] is {phone}.
[My|The] e-mail [address|] is {email}.
[Please|Could you please] [reply|write|send a copy] to {email}.
[Please|] [ship|send|deliver] it to {address}.
My [new|old|delivery|billing] address is {address}.
I [live|work] at {address}.
[My|The] card [number|] is {card}.
[Please|] charge [my card|the card] {card} [again|instead|for {price}].
I paid with [card|my card|Visa|Mastercard] {card} on {date}.
The [payment|charge] of {price} [with|on] {card} [failed|was refused|went through twice].
Name: {person}\nE-mail: {email}\nPhone: {phone}
Name: {person}\nAddress: {address}\nTelephone: {phone}
Card: {card}\nName on card: {person}
Customer: {person}\nItem: {product}\nAmount: {price}\nDate: {date}
[Best|Kind|Warm] regards,\n{person}
[Thanks|Cheers|Yours sincerely],\n{person}\n{phone}
Regards, {person}, {email}
The {product} [from|by] {brand} is [great|terrible|too small|the best I ever had].
I [love|hate|returned|recommend] my {brand} {product}.
[Is|Will] the {product} [be |]available [before|on|after] {date}?
Does the {brand} {product} [fit|work with] a {product}?
[Can|Could] I [change|swap] the {product} for [a|another] {product}?
[When|Why] will {brand} refund the {price}?
{brand} [never answered|does not answer|ignores me] since {date}.
[Order|My order|Order number] {number} from {date} has not [arrived|been shipped].
[Tracking|Parcel|Reference] {number} says [delivered|in transit], but [I have nothing|nobody was here].
I ordered {count} [pieces|items] and [got|received] only {count}.
Size {count} [is too small|does not fit|was sold out].
[I called|We rang] on {weekday} at {time} and waited for {count} minutes.
[Open|We open] {weekday} to {weekday}, {time} to {time}.
Your [shop|store|branch] in {address} was closed at {time}.
[I spoke|I talked] to {person} [on|last] {weekday}.
{person} [told me|promised|said] that the {product} would [come|be here] by {date}.
[Invoice|Receipt] {number} shows {price} instead of {price}.
The voucher [over|of|for] {price} expires on {date}.
[My wife|My husband|My son|My friend] {person} [gave me|bought] the {product} as a gift.
After {count} weeks the {product} [stopped working|broke|leaks].
My {product} has the serial number {number}.
[I moved|We moved] from {address} to {address}.
[Bill|Invoice] to: {person}, {address}
Deliver to {person}, {address}, [phone|tel.] {phone}
[I need|We need] the {product} for a [wedding|birthday|trip] on {date}.
[Cancel|Please cancel] my subscription [from|by] {date} and [delete|remove] {email}.
The [discount|code] of {count}% was not [applied|used]: I paid {price}.
[A|One] {product} for {price} is [too expensive|a bargain|fair].
[Two|Three] {product} [please|], [sent|shipped] to {address}.
Refund {price} to [the card|card] {card}.
I want to [pay|order] with {card}, [valid until|expiring] [12/27|03/29|08/28].
Is {email} [still|really] your address? My mail came back on {date}.
[Great|Lovely|Awful] service, [thank you|thanks], {person}!
Dear [Mr|Ms|Mrs|Dr]. {person}, your {product} [is ready|was repaired].
I have been a customer [of|at] {brand} since {date}.
Call {person} before {time}, [number|tel] {phone}.
[The warranty|The guarantee] of my {brand} {product} ends [on|] {date}.
[Compared|Next] to {brand}, {brand} is [cheaper|slower|better].
Who is [responsible|the contact] at {brand}? {person}?
{product}: {count} stars. [Would buy again|Never again|Works as it should].
[Born|Date of birth]: {date}
[My|The] [loyalty|customer|account] number is {number}.
[Stay away from|Do not buy] {brand}, I lost {price}.
I saw the {product} [in your window|online|on TV] for {price}, [now|today] it is {price}.
[No|Not a single] complaint about the {product}, only the box was [wet|open].
I [picked up|collected] the {product} at {address} on {date}.
Both the {product} and the {product} were [missing|wrong|late].
"""

FILLERS = r"""
[Thank you|Thanks] in advance.
[Keep it short|Be brief|No jokes, please].
[What happened|What is going on]?
I have waited [long enough|for weeks|since {month}].
[The quality|The colour|The packaging] is [good|poor|fine].
[This is|That is] the {count}th time.
[In|Since] {month} [everything was fine|sales were low|we were closed].
Please [answer|call back|hurry].
[Version|Release|Room|Page] {count}.
[See you on|Until] {weekday}.
I am [angry|happy|not sure|a teacher|from Germany|Dutch].
[Ticket|Case|Reference] {number}
English and German [texts|versions], please.
We have {count} [employees|shops|followers].
[Use|Write] at most {count} words.
It weighs {count} [kg|grams] and is {count} cm [long|wide].
[Delivery|Shipping] takes {count} to {count} days.
Rated {count} out of 5 by [customers|Which?|readers].
[Made|Designed] in [Germany|Italy|Portugal|Japan].
"""

HELD_OUT = r"""
Think of a tagline: {brand} is bringing out {product} and nobody knows yet.
On {date} the shelves fill up with {product}, and we have {price} to spend on telling people.
What would {brand} say about a {product} at {price}?
Storyboard for the thirty-second spot: someone unpacks a {product}, the logo of {brand} fades in.
We are asked by {person} to pitch on {date}; drafts go through {email} only.
Client meeting moved to {date}, {address}, please bring the {product}.
Key fact: at {price} the {product} undercuts {brand} by far.
Radio copy, twenty seconds, ends with "{brand}, {address}".
Hashtags for {brand}? They open a pop-up at {address} this {weekday}.
Whoever books until {date} gets the {product} for {price}.
Spend no more than {price} on media, {person} from {brand} insists.
Posters go up {date} and come down {date}.
Subject: {product}\nDue: {date}\nSpend: {price}\nSign-off: {person}
Account: {brand} / Item: {product} / Ask: {person} / Mail: {email}
A good {product} need not cost more than {price}, says {person}.
Unfortunately the zip of my {product} tore on {date}, two days after you took {price} from my account.
Could someone ring me back? {phone}, evenings only.
Try {phone} first, otherwise drop a line to {email}.
Parcels for me go to {address} from now on.
I typed {card} into the form three times and it was rejected each time.
It is about the transaction over {price} that appears next to {card} on my statement.
Use {card} for the deposit, the rest follows on {date}.
Do I still have a guarantee on the {product} I got from {brand} on {date}?
According to {person} in your branch the {product} ought to be here by now.
Honestly, {brand} used to be better; the {product} fell apart.
Somebody signed for the box at {address}, but it was not me, {person}.
Sorry for the late reply! {person} here, about the {product}.
Sent from my phone\n{person} | {phone} | {email}
Recipient {person}\nStreet and town {address}\nMobile {phone}
My daughter wishes for a {product}, is {price} the final price?
Why does {brand} charge {price} for returning a {product}?
You wrote on {date} that case {number} is closed, which it is not.
I would rather have the money: {price}, please.
Has {email} been taken off your list as I asked on {date}?
Between {date} and {date} nobody can accept parcels at {address}.
{person} and {person} share one account, can you split it?
Since we got the {product}, our {product} collects dust.
Neither the hotline ({phone}) nor {email} works today.
After {time} only {person} is around, extension {count}.
Mine has {number} printed on the back, bought for {price}.
Five stars for {brand}, four for the {product}.
I used to buy {brand}, these days I pay {price} elsewhere.
The courier left the {product} with a neighbour, {person}, on {date}.
All I have is the receipt ({date}, {price}).
If {person} calls, give {phone} as my number.
"""

FILLERS_HELD_OUT = r"""
Cheers and all the best!
Nothing fancy, just the facts.
Could be worse, could be better.
Box {count} of {count}.
How come?
Last {month} it went smoothly.
The manual covers {count} pages.
We speak French too.
File {number}
Before {time}, if at all possible.
"""


DEVELOPMENT = r"""
Could you come up with three subject lines around the {product}? {brand} wants them by {date}.
The idea is simple: a {product} on a white table, then {brand} in big letters.
{brand} gave us {price} for the whole quarter, hence one film and no more.
Hold the {product} back until {date}; the trade press gets it first.
Not cheaper than {price}, whatever {person} tells you.
Two visuals, please: one with {product}, one without.
Legal ({person}) has to see everything that goes out after {date}.
Stand number 14 at {address}, doors open {time}.
Article {product} | was {price} | becomes {price}
To: {email}\nRe: {product}
From {person}, {brand}\nValid {date} - {date}
Brief no. {number}: say why any {product} from {brand} lasts longer.
Our rival {brand} already advertises its {product} for {price}.
Whether {brand} or {brand} wins, the {product} stays in the window.
Voice-over: "{price}. Not a cent more. {brand}."
Ring {person} ({phone}) once the layout of the {product} page is final.
The budget holder is {person}, {email}, not {person}.
We open our doors at {address} {date}.
Mood: late summer, someone with a {product} by the water.
I tried the {product} twice and twice it fell over.
Ever since {date} the {product} makes a strange noise.
Where has my money gone? {price} left my account {date}.
You get me under {phone} before noon or mail {email}.
It should have gone to {address} and not to my old flat.
Wrong card, sorry: take {card} instead.
Number {card} belongs to my husband, {person}.
{person}, thank you, the {product} works again!
Nobody at {brand} picks up, neither on {phone} nor on {phone}.
Some {person} claimed that {brand} would pay the postage.
Look up {number}, please; the name is {person}.
Delivered {date}, used once, returned {date}: one {product}.
My mother, {person}, still waits for her {product}.
How about {price} off the next {product}?
The parcel service left it at {address}, {person} was not informed.
Kindly,\n{person}\n{address}
Holder {person}, {card}, total {price}
Take me off the list: {email}.
If the {product} is gone, a {product} would do.
You promised {date}. Today is {date}. No {product}.
{brand} was fine for years, but {price} for one {product} is mad.
There is only {person} at the counter, {address}.
{brand} replaced my {product} within {count} days, hats off!
Is it true that {person} has left {brand}?
"""

FILLERS_DEVELOPMENT = r"""
Short answers will do.
Rain or shine.
Page {count} has the details.
Why so slow?
That was {weekday}.
Ref. {number}
Back in {month} it was fine.
My English is not so good.
At {time} or later.
{count} out of {count} arrived.
"""


def _check_apart() -> None:
    """No four words in a row of a sentence kept out are in one of the training, a value counting as a word."""
    for kept_out in (DEVELOPMENT, FILLERS_DEVELOPMENT, HELD_OUT, FILLERS_HELD_OUT):
        for trained in (BRIEFS, CUSTOMERS, FILLERS, everyday.SENTENCES):
            if both := _fours(kept_out) & _fours(trained):
                raise SystemExit(f"words of a sentence kept out are in a sentence of the training: {both}")


def _fours(block: str) -> set[tuple[str, ...]]:
    fours = set()
    for line in lines(block):
        choices = [[part] if number % 2 == 0 else part.split("|") for number, part in enumerate(re.split(r"\[([^\]]*)\]", line))]
        for parts in itertools.product(*choices):
            found = re.findall(r"\{\w+\}|[\w']+", "".join(parts).lower())
            fours |= {tuple(found[i : i + 4]) for i in range(len(found) - 3)}
    return fours


def lines(block: str) -> list[str]:
    return [line.replace("\\n", "\n") for line in block.strip().splitlines()]


_check_apart()
