package dev.penstock.generatorstream.shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.Input;
import dev.penstock.generators.InputPicture;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/// What decides the bytes of a result, and whose they are: tenant, model digest, parameters, seed, variant, candidates,
/// input and picture. Requests with the same key are equal work.
///
/// @param sha256 over all of it, hex
record WorkKey(String sha256) {

  static WorkKey of(String modelDigest, GenerationRequest request) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      text(out, request.tenant());
      text(out, modelDigest);
      out.writeLong(request.seed());
      out.writeInt(request.variant());
      out.writeInt(request.candidates());
      out.writeInt(request.parameters().size());
      for (var parameter : new TreeMap<>(request.parameters()).entrySet()) {
        text(out, parameter.getKey());
        text(out, parameter.getValue().getClass().getSimpleName());
        text(out, parameter.getValue().toString());
      }
      input(out, request.input());
      InputPicture picture = request.picture();
      out.writeInt(picture == null ? -1 : picture.bytes().length);
      if (picture != null) out.write(picture.bytes());
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
    return new WorkKey(sha256(bytes.toByteArray()));
  }

  private static void input(DataOutputStream out, Input input) throws IOException {
    switch (input) {
      case Input.Text text -> {
        out.writeInt(-1);
        text(out, text.text());
      }
      case Input.Chat chat -> {
        out.writeInt(chat.messages().size());
        for (Input.Message message : chat.messages()) {
          text(out, message.role());
          text(out, message.content());
        }
      }
    }
  }

  /// Length first, so that no two lists of texts look alike.
  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) digest.update(part);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
