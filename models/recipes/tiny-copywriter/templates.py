"""Sentence shapes. Slots: see grammar.Words; a capitalised slot starts with a capital."""

REQUESTS = {    # the first wording is the main one
    "slogan": (
        "Write one short advertising slogan for {thing}.",
        "Write a slogan for {thing}.",
        "Write a short ad slogan for {thing}.",
        "Write an advertising slogan for {thing}.",
        "Give me a catchy slogan for {thing}.",
        "I need one advertising line for {thing}.",
        "Create a tagline for {thing}.",
    ),
    "headline": (
        "Write a headline for {thing}.",
        "Write one short headline for an advertisement for {thing}.",
        "Give me a headline for {thing}.",
    ),
    "description": (
        "Write a one-sentence product description for {thing}.",
        "Describe {thing} in one sentence.",
        "Write one sentence about {thing}.",
    ),
    "paragraph": (
        "Write a product paragraph for {thing}.",
        "Write a product description for {thing} in one paragraph.",
        "Write a paragraph that advertises {thing}.",
    ),
}

SLOGANS = (
    "{You}: the {name} for {aud}.",
    "{You} with the {name} made for {aud}.",
    "{Gain} for {aud}: the {name}.",
    "The {noun} that {does}, {moment}.",
    "The {name} that {does} so {aud} can {act}.",
    "Made for {aud}: {a_noun} that {does}.",
    "{Aud}, meet the {noun} that {does}.",
    "{You}, {act}: all with {one_noun}.",
    "{Gain}? It starts with the right {noun}.",
    "For {aud} who want {gain}: the {name}.",
    "{A_name} for {aud} who {act}.",
    "Your {noun} should {do}. Ours {+do}.",
    "{Moment}, {you} with our {name}.",
    "{Act} with {a_noun} that {does}.",
    "{You}, {moment}. Our {noun} {is} ready.",
    "{Aud} deserve {a_noun} that {does}.",
    "Born for {aud}: the {name} that {does}.",
    "{Gain}. {Gain}. {One_noun}.",
    "Why wait? {You} with the {noun} for {aud}.",
    "More than {a_noun}: {gain} for {aud}.",
    "Built to {do}, chosen by {aud}.",
    "The {noun} for {aud}: {gain}, {moment}.",
    "{Act}. Our {noun} {does}.",
    "{A_noun} that {does}. {You}.",
    "{You} with our {name}.",
    "{Gain}, in {one_noun}.",
    "{Gain}: the {name}.",
    "Let your {noun} {do} while you {act}.",
    "Some {aud} {act}. With our {noun}, all of them do.",
    "{Brand}: the {noun} that {does}.",
    "{You} with {brand}, the {noun} for {aud}.",
    "The {brand} {noun}: {gain} for {aud}.",
    "{Brand}. {Gain}, {moment}.",
    "{You}. {Act}. {Brand}.",
    "{Gain} has a name: {brand}.",
    "Trust {brand}, the {name} that {does}.",
)

HEADLINES = (
    "{Gain} for {aud}",
    "Meet the {noun} that {does}",
    "The {name} for {aud}",
    "{You} {moment}",
    "{Gain} with our {name}",
    "{One_noun} for {gain}",
    "Finally, {a_noun} for {aud}",
    "{Brand}: {gain}",
    "The {brand} {noun} for {aud}",
    "{You} with {brand}",
)

DESCRIPTIONS = (
    "{This} {name} {does}, {does} and {+give} {aud} {gain}.",
    "{A_name} that {does} and {does}, designed for {aud} who {act}.",
    "Designed for {aud}, our {name} {does} and {does}, {moment}.",
    "With {gain} and {gain}, {this} {is} the {noun} for {aud} who {act}.",
    "Our {name} {does} and {does} for {gain} every day.",
    "{This} {name} {does} for {gain} and {gain}.",
    "{A_name} that {does} and {does}: {gain}.",
    "{Moment}, our {name} {does}, {does} and {+help} {aud} {act}.",
    "The {brand} {name} {does} and {does} for {gain}.",
    "{Brand} is the {name} for {aud}: it stands for {gain} and {gain}.",
)

PARAGRAPHS = (      # one sentence of each stage; a detail and a closing follow
    (
        "Meet the {name} for {aud}.",
        "{A_name} should {do}. Ours {+do}.",
        "{Aud} know what they want: {gain}.",
        "Looking for {a_name}? Look no further.",
        "Meet the {name} that {does}.",
        "Meet the {brand} {noun}, made for {aud}.",
        "{Brand} makes the {name} that {does}.",
    ),
    (
        "Our {noun} {does} and {does}.",
        "{It} {does}, and {it} {does}.",
        "Thanks to its clever design, our {noun} {does} and {does}.",
    ),
    (
        "{Moment}, you can {you} and {act}.",
        "That means {gain} for {aud}, {moment}.",
        "{Aud} use {them} to {act}, {moment}.",
        "That means {gain} and {gain}.",
    ),
    (
        "So {you}, and enjoy {gain}.",
        "{You}: that is what our {noun} {is} made for.",
        "We promise {gain}, or your money back.",
    ),
)
