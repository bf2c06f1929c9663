package dev.penstock.chaos.guarantee;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.chaos.guarantee.Account.Chunk;
import dev.penstock.chaos.guarantee.Account.Content;
import dev.penstock.chaos.guarantee.Account.Seal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The chunks of every execution that a content record names are there, without gaps, and are the content's body.
public final class ChunksMatchSeal implements Guarantee {

  @Override
  public List<String> violations(Account account) {
    Map<String, TreeMap<Integer, String>> executions = new HashMap<>();
    for (Chunk chunk : account.chunks())
      executions.computeIfAbsent(chunk.executionId(), id -> new TreeMap<>()).put(chunk.index(), chunk.text());
    List<String> violations = new ArrayList<>();
    for (Content content : account.contents()) {
      Seal seal = content.seal();
      if (seal == null) continue;
      String problem = problem(content, seal, executions.getOrDefault(content.executionId(), new TreeMap<>()));
      if (!problem.isEmpty()) violations.add("chunks: content %s of %s %s".formatted(content.contentId(), content.promptId(), problem));
    }
    return violations;
  }

  private static String problem(Content content, Seal seal, TreeMap<Integer, String> chunks) {
    if (chunks.size() != seal.chunks()) return "names %d chunks, there are %d".formatted(seal.chunks(), chunks.size());
    if (!chunks.isEmpty() && (chunks.firstKey() != 0 || chunks.lastKey() != chunks.size() - 1))
      return "has chunks %s".formatted(chunks.keySet());
    String sha256 = sha256(String.join("", chunks.values()));
    if (!sha256.equals(seal.sha256())) return "has chunks of other bytes than its seal";
    return sha256.equals(content.bodySha256()) ? "" : "has chunks of other bytes than its body";
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
