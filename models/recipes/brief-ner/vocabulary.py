"""The WordPiece vocabulary, in Hugging Face's file format: cased, every digit a piece of its own, accents kept, the end of a
line a token: where lines end says much about forms and signatures."""
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

SPECIALS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
LINE_END = "↵"
ALPHABET = [LINE_END] + [chr(code) for span in (range(33, 127), range(161, 384), (0x20AC, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x201E, 0x2026)) for code in span]


def train(texts: list[str], size: int) -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.Sequence([
        normalizers.Replace("\n", f" {LINE_END} "),
        normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=False, lowercase=False)])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.BertPreTokenizer(), pre_tokenizers.Digits(individual_digits=True)])
    tokenizer.decoder = decoders.WordPiece(prefix="##")
    tokenizer.train_from_iterator(texts, trainers.WordPieceTrainer(
        vocab_size=size, min_frequency=2, show_progress=False, special_tokens=list(SPECIALS), initial_alphabet=ALPHABET))
    around = [(name, tokenizer.token_to_id(name)) for name in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=around)
    return tokenizer


class Pieces:
    """Breaks pieces of words into smaller ones of the vocabulary (after Provilkov et al. 2020)."""

    def __init__(self, tokenizer: Tokenizer):
        self.ids = tokenizer.get_vocab()
        self.pieces = {number: piece for piece, number in self.ids.items()}

    def broken(self, ids: list[int], offsets: list[tuple[int, int]], share: float, random) -> tuple[list[int], list[tuple[int, int]]]:
        if not share:
            return ids, offsets
        made = []
        for number, (start, end) in zip(ids, offsets):
            while end - start > 1 and random.random() < share:
                piece, prefix = self.pieces[number], len(self.pieces[number]) - (end - start)
                at = random.randrange(1, end - start)
                left, right = self.ids.get(piece[: prefix + at]), self.ids.get("##" + piece[prefix + at :])
                if prefix not in (0, 2) or left is None or right is None:
                    break
                made.append((left, (start, start + at)))
                number, start = right, start + at
            made.append((number, (start, end)))
        return [number for number, _ in made], [place for _, place in made]
