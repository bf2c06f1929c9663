"""More sentences of briefs and customers for the training; the notation is that of templates.py."""
SENTENCES = r"""
[Remember|Remind] {person} to [order|fetch|return] the {product} [today|this evening|by {date}].
[In|With] the second version {person} holds [a|the] {product} and smiles.
{person}, [our|the] new [manager|designer|intern], starts on {date}.
I [met|know] {person} from [work|school|the fair], [she|he] now sells {product} for {brand}.
[Is there|Do you have] [a|any] {product} [below|under|around] {price} [in stock|in blue|left]?
[As agreed|As discussed|Following our call] with {person}, we [transfer|pay|send] {price} on {date}.
[Since|Because] {brand} [raised|lowered] the price to {price}, [sales|orders] of the {product} [dropped|doubled].
{brand}, {brand} and {brand} [share|split] the [stand|costs|stage].
[Neither|Either] {person} [nor|or] {person} [signed|opened] the [door|contract].
[Working|Provisional] title: {product}, [made|brought to you] by {brand}
[Tell|Ask|Thank|Warn] {person} that the {product} [is late|sold out|must be returned].
[Would|Could] {person} be [free|available] on {date}, [perhaps|say] at {time}?
The [jury|committee|board] chose {brand} over {brand} [last {weekday}|on {date}].
[While|When] I was [away|on holiday|ill], {person} [accepted|opened|refused] the [box|delivery|letter].
[We|They] met at {address} and [walked|drove] to {address}.
{person} lives [near|opposite|behind] {address}, [next to|above] the bakery.
[Nothing|Everything] [arrived|came] since {date}, and {person} [does not|did not] answer [at|under] {phone}.
[No answer|Engaged|Voicemail] [at|under] {phone}, [no reply|silence] from {email} [either|as well].
[Old|Former] number: {phone}, [new|current] one: {phone}.
[Forward|Pass] this to {email}, [copy|cc] {email}.
[Here is|This is] {person} [speaking|writing|again], [calling|writing] because of [a|my] {product}.
[My|Our] [neighbour|colleague|sister|doctor|lawyer|assistant] {person} [has|uses|wants] [a|the same|one more] {product}.
[This|The] {product}, [bought|ordered] from {brand} [for|at] {price}, [squeaks|rattles|smells|is bent].
[Exactly|Only|About] {price} [was|has been|is] [missing|deducted|refunded] [on|since] {date}.
[Half|A third] of the {price} [is due|goes] to {person}, the rest to {brand}.
[Between|From] {price} [and|to] {price} [is|would be] [fine|realistic|too much] for [a|one] {product}.
[Until|From|On] {date} [only|at the latest], [then|afterwards] [it is|we pay] {price}.
From {date} [to|until] {date} [we are|the shop is|I am] [closed|away|abroad].
{date}: {person} calls {person}. {date}: {brand} [signs|delivers|cancels].
[On|Around] {date} {person} [flew|moved|travelled] to {address}.
[She|He|They] [lent|sold|gave] me [a|this] {product} [and|plus] [a|one] {product} for {price}.
[Wanted|Found|Lost|For sale]: {product}, [call|text] {phone}.
[Swap|Exchange] my {product} [against|for] [a|your] {product}?
[A|One] [second-hand|used|brand-new] {product}, [barely|never] used, {price}, {address}.
[Picture|Scene|Frame] {count}: {person} [opens|lifts|drops] the {product}, [close-up|cut].
[Colours|Fonts|Claims] of {brand} [stay|change] [as they are|after {date}].
[Slogan|Claim|Motto] of {brand}: [simply good|made for you|nothing else].
Why [do people|does everybody] [trust|like|buy] {brand}? [Because of|Thanks to] [the|its] {product}.
[Unlike|Like|Besides] {brand}, {brand} [ships|sells|tests] every {product} [itself|by hand|in {month}].
[Neither|Not even] {brand} [offers|makes] a {product} [like this|for less than {price}].
[Influencers|Bloggers|Journalists] such as {person} and {person} [get|test] the {product} [free|first|before {date}].
"[Best|Worst|Cheapest] {product} [of the year|ever]", [writes|wrote] {person}.
"[I|We] [never|always] [travel|cook|work] without [my|our] {product}", [says|said] {person} [of|from] {brand}.
[Quote|Testimonial] by {person}, [customer|fan] of {brand}: "[Great|Solid|Wonderful] {product}."
The {product} and [its|the] [cable|lid|manual] [are|were] [in|inside] the [same|other] box.
[Put|Place|Show] the {product} [beside|beside|under|behind] [a|the] {product} and [a window|some flowers|the sea].
[My|Our] [daughter|baby|grandfather] [loves|needs|broke] [her|his|the] {product}.
{person}'s [order|parcel] is [late|lost], [please|kindly] [call|ring] {phone}.
[Hi|Hey|Hello] {person}, [any|no] news [from|about] {brand}?
[Good morning|Hello] {brand}, [where|when] can I [buy|get|try] the {product}?
[Dear|Hello] {brand} [team|support], [my|the] {product} [died|cracked|melted] on {date}.
[Ciao|Bye|See you soon|All the best|Many thanks|Respectfully|Faithfully|With best wishes], {person}
[Yours|Sincerely|Love|Greetings from {address}],\n{person}
{person}\n{brand}\n{address}\n{phone}
{person}\n{address}\n{email}
{person} - {brand} - {email}
{person} ([sales|marketing|legal|finance|support|press]), {phone}
[Ship|Bill|Post] [one|a] {product} to {person}, {address}, [paid|cash], {price}.
[The driver|A courier|The postman] [rang|waited] at {address}, [then|but] {person} was [out|asleep|at work].
[Turn|Go] [left|right] [after|at] {address}, [the|our] [studio|office] is [behind|beside] {brand}.
[Is|Was] {address} [still|ever] [your|the] [head office|shop]?
[Block|Lock|Check] card {card}, [it|which] was [stolen|lost|copied] on {date}.
[The|My] [old|expired] card {card} was [replaced|swapped] by {card}.
{card} is [declined|not accepted], [so is|and] {card} [too|as well].
[Book|Debit|Take] {price} from {card}, [holder|owner] {person}.
[Statement|Entry] of {date}: {brand}, {price}, card {card}
[How much|What] [is|was] the {product}? {price}? [Really|Seriously|No way]!
[My|The] [guess|estimate|offer]: {price} [plus|without] tax.
[{price}|{price} or more|Under {price}] [and|but] [no|without] {product}? [Strange|Odd|Funny].
[We|I] [expect|want|need] [an answer|a refund|the money] by {date}, [otherwise|or else] {person} [sues|calls you].
[Meeting|Call|Lunch|Interview] with {person} and {person}, {date}, {time}, {address}
[Agenda|Notes|Minutes] {date}: {product}, {brand}, {price}
[Next|Last] [steps|things]: {person} [writes|checks] the copy, {person} [films|paints] the {product}.
[{product}|{product} and {product}|{product}, {product}, {product}]: [sold out|in stock|on its way|cancelled]
[New|Back|Gone|Now]: [the|our] {product} [by|from|with] {brand}!
[Get|Grab|Win] [a|your|the] {product} [today|now] [for|at] {price}!
[Forget|Skip|Try] {brand}. [Choose|Take|Buy] {brand}.
[Nobody|Everybody|Somebody] [knows|likes|mentioned] {brand} [here|yet|in {month}].
[I|We] [work|worked] [for|at] {brand} [until|since] {date}.
[There is|There was] [a|one|no] {product} [in|on|under] the [hall|table|stairs].
[What|Which] {product} [suits|fits|helps] [me|a beginner|{person}]?
[You|We] [owe|sent|promised] {person} {price} and [a|two] {product}.
[The|This] [letter|note|cheque] is [for|from] {person}, [not|never] [for|from] {person}.
[Mrs|Mr|Ms|Dr|Prof.|Miss|Sir] {person} [called|complained|apologised] [twice|again|on {date}].
[Employees|Fans|Friends] of {brand} [pay|get] {price} [less|off].
"""
