package dev.penstock.generators.onnx;

import dev.penstock.generators.models.FileTree;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.placement.Placement;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Large graphs on disk as ONNX Runtime has them in memory: optimised, their weights in the order that this
/// processor's kernels read. The first start writes them beside its own loading; later ones map the file, so that the
/// weights are pages which processes share and the system may drop.
///
/// Version 1.29 orders all weights anew even so, to see whether the file holds the same. Time is saved because the
/// graph is optimised already, no fresh memory is filled, and the model's own files need not be read: the entry's
/// checksums stand for their digests.
///
/// A cache may hold graphs in a [PackedForm] of its own. Then the first start packs the graph in that form, has it proven
/// on this processor, and runs what it wrote, as all later ones do; where it is refused the graph runs as it is, and the
/// entry says so to later starts.
///
/// An entry belongs to a model digest, a graph of it, a version of ONNX Runtime and a set of processor flags. It appears
/// by an atomic rename, so processes may start at once; it is checked against its checksums at each start, and one that is
/// damaged is written anew. Of all entries the least recently used go when they are together larger than the bound.
/// Where nothing can be kept, one line says so and the graph is loaded as it is, without a cache. Safe for many threads.
public final class PrepackedCache {

  /// `false` keeps and uses nothing.
  public static final String PREPACKED = "penstock.prepacked";

  /// What all entries may take on disk.
  public static final long DEFAULT_MAX_BYTES = 8L << 30;

  /// Smaller models load in no time.
  static final long LEAST_BYTES = 16L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(PrepackedCache.class);
  private static final String DRAFT = ".new-";
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path folder;
  private final long leastBytes;
  private final long maxBytes;
  private final Optional<String> processor;
  private final PackedForm form;

  PrepackedCache(Path folder, long leastBytes, long maxBytes, Optional<String> processor, PackedForm form) {
    this.folder = folder;
    this.leastBytes = leastBytes;
    this.maxBytes = maxBytes;
    this.processor = processor;
    this.form = form;
  }

  /// A cache in a folder, which is made when it is first needed.
  ///
  /// @param form how it holds graphs
  public static PrepackedCache in(Path folder, PackedForm form) {
    return new PrepackedCache(folder, LEAST_BYTES, DEFAULT_MAX_BYTES, ProcessorFlags.current(), form);
  }

  /// The user's cache: `prepacked` in `PENSTOCK_CACHE`, which is `~/.cache/penstock` unless it is set.
  ///
  /// @param form how it holds graphs
  public static PrepackedCache ofUser(PackedForm form) {
    Path folder = NativeLibraries.folder().resolveSibling("prepacked");
    return Boolean.parseBoolean(System.getProperty(PREPACKED, "true"))
        ? in(folder, form)
        : new PrepackedCache(folder, LEAST_BYTES, 0, Optional.empty(), form);
  }

  /// Loads a graph: from its entry if there is one, else from the file, which makes the entry.
  ///
  /// @param graph the only one in its folder; external data lies beside it
  /// @param modelDigest of everything that the graph's files hold
  /// @throws InferenceException of kind MODEL if it is not there or not a graph this runtime knows
  public OnnxSession open(Path graph, String modelDigest) {
    return open(graph, modelDigest, () -> {});
  }

  /// Loads a graph of a model: from its entry if there is one, else from the file, after all of the model was verified.
  ///
  /// @param graph one of the manifest's files
  /// @throws InferenceException of kind MODEL if it is not there or not a graph this runtime knows
  /// @throws dev.penstock.generators.models.InvalidModelException if the model's files are not what its manifest says
  public OnnxSession open(ModelFolder model, String graph) {
    return open(model.file(graph), model.digest(), model::verifyUnread);
  }

  /// Whether [#open(ModelFolder, String)] would find an entry, which may turn out to be damaged.
  public boolean has(String graph, String modelDigest) {
    return isUsed() && entry(Path.of(graph), modelDigest).filter(entry -> Files.isDirectory(entry.path())).isPresent();
  }

  /// @param verify is called before the graph's own files are read
  private OnnxSession open(Path graph, String modelDigest, Runnable verify) {
    Optional<PrepackedEntry> entry =
        isUsed() && sizeOf(graph) >= leastBytes ? entry(graph, modelDigest) : Optional.empty();
    Optional<OnnxSession> kept = entry.flatMap(place -> kept(place, graph));
    if (kept.isPresent()) return kept.get();
    verify.run();
    return entry.map(place -> openAndKeep(place, graph)).orElseGet(() -> OnnxSession.open(graph));
  }

  /// Weights in the order of this processor's kernels are of no use to a GPU.
  private static boolean isUsed() {
    return !(Placement.current() instanceof Placement.OnCuda);
  }

  private Optional<PrepackedEntry> entry(Path graph, String modelDigest) {
    return processor.map(flags -> PrepackedEntry.of(folder, graph, modelDigest, flags, form.word()));
  }

  private static long sizeOf(Path graph) {
    Path folder = graph.toAbsolutePath().getParent();
    if (folder == null || !Files.isReadable(graph)) return 0;
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      return 0;
    }
  }

  private Optional<OnnxSession> kept(PrepackedEntry entry, Path graph) {
    if (!Files.isDirectory(entry.path())) return Optional.empty();
    try {
      PrepackedEntry.Form found = entry.form();
      OnnxSession session = opened(entry, graph.getFileName().toString(), found.word());
      touch(entry.path());
      tell(graph, found);
      return Optional.of(session);
    } catch (IOException | InferenceException e) {
      LOG.atWarn().setCause(e).addKeyValue("entry", entry.path()).log("Prepacked weights are damaged, they are made anew");
      discard(entry.path());
      return Optional.empty();
    }
  }

  /// The weights are checked while the runtime orders them: that takes one core.
  private static OnnxSession opened(PrepackedEntry entry, String name, String form) throws IOException {
    CompletableFuture<Throwable> damage = entry.verify().handle((whole, cause) -> cause);
    try {
      OnnxSession session = OnnxSession.openPrepacked(name, entry.graph(), form);
      if (damage.join() == null) return session;
      session.close();
    } finally {
      damage.join();
    }
    throw new IOException(damage.join());
  }

  private OnnxSession openAndKeep(PrepackedEntry entry, Path graph) {
    Path draft;
    try {
      Files.createDirectories(folder);
      draft = Files.createTempDirectory(folder, DRAFT);
    } catch (IOException e) {
      return openWithout(graph, e);
    }
    try {
      return packAndKeep(entry, draft, graph);
    } catch (IOException | InferenceException e) {
      // The file itself may be the reason: then this says so.
      return openWithout(graph, e);
    } finally {
      discard(draft);
    }
  }

  private OnnxSession packAndKeep(PrepackedEntry entry, Path draft, Path graph) throws IOException {
    Optional<PackedForm.Change> change = form.of(graph);
    String refusal = change.isEmpty() ? "" : pack(change.get(), entry.graphIn(draft), graph);
    boolean changed = change.isPresent() && refusal.isEmpty();
    PrepackedEntry.Form found = new PrepackedEntry.Form(changed ? form.word() : OnnxSession.OWN_FORM, refusal);
    OnnxSession session = changed
        ? OnnxSession.openPrepacked(graph.getFileName().toString(), entry.graphIn(draft), form.word())
        : packAsItIs(entry, draft, graph);
    tell(graph, found);
    keep(entry, draft, found);
    return session;
  }

  private static OnnxSession packAsItIs(PrepackedEntry entry, Path draft, Path graph) throws IOException {
    PrepackedEntry.clear(draft);
    OnnxSession session = OnnxSession.openAndPrepack(graph, entry.graphIn(draft));
    try {
      PrepackedEntry.align(draft);
    } catch (IOException e) {
      session.close();
      throw e;
    }
    return session;
  }

  /// Packs a graph in the cache's form.
  ///
  /// @return why that cannot be used; empty if it can
  private static String pack(PackedForm.Change change, Path packed, Path graph) throws IOException {
    Path data = Objects.requireNonNull(graph.toAbsolutePath().getParent());
    try {
      OnnxSession.openAndPrepack(graph.getFileName().toString(), change.graph(), data, packed).close();
      PrepackedEntry.align(Objects.requireNonNull(packed.getParent()));
      return change.apply(new PackedGraph(packed, data)).orElse("");
    } catch (InferenceException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void tell(Path graph, PrepackedEntry.Form found) {
    if (!found.refusal().isEmpty())
      LOG.atWarn().addKeyValue("graph", graph).addKeyValue("form", form.word()).addKeyValue("cause", found.refusal())
          .log("The weights cannot be held in the quicker form on this processor, the graph runs as it is");
    else if (!found.word().equals(OnnxSession.OWN_FORM))
      LOG.atInfo().addKeyValue("graph", graph).addKeyValue("form", found.word())
          .log("The weights are held in a quicker form");
  }

  private OnnxSession openWithout(Path graph, Exception cause) {
    OnnxSession session = OnnxSession.open(graph);
    LOG.atWarn().addKeyValue("folder", folder).addKeyValue("form", session.form())
        .addKeyValue("cause", String.valueOf(cause.getMessage()))
        .log("Prepacked weights cannot be kept, each start prepares them again");
    return session;
  }

  private void keep(PrepackedEntry entry, Path draft, PrepackedEntry.Form found) {
    try {
      PrepackedEntry.seal(draft, found);
      Files.move(draft, entry.path(), StandardCopyOption.ATOMIC_MOVE);
      bound(entry.path());
    } catch (AtomicMoveNotSupportedException e) {
      LOG.atWarn().setCause(e).addKeyValue("folder", folder)
          .log("Prepacked weights cannot be kept, each start prepares them again");
    } catch (FileSystemException e) {
      if (!Files.isDirectory(entry.path())) warnNotKept(e);
      // Otherwise another process was faster, with the same bytes.
    } catch (IOException e) {
      warnNotKept(e);
    }
  }

  private void warnNotKept(IOException e) {
    LOG.atWarn().setCause(e).addKeyValue("folder", folder)
        .log("Prepacked weights cannot be kept, each start prepares them again");
  }

  /// Deletes what is longest out of use until the rest fits, and drafts of processes that were killed.
  private void bound(Path newest) throws IOException {
    List<Path> entries;
    try (Stream<Path> children = Files.list(folder)) {
      entries = children.filter(Files::isDirectory).sorted(Comparator.comparing(PrepackedCache::lastUse).reversed())
          .toList();
    }
    long bytes = FileTree.size(newest);
    for (Path entry : entries) {
      boolean isDraft = String.valueOf(entry.getFileName()).startsWith(DRAFT);
      if (entry.equals(newest)) continue;
      if (isDraft) {
        if (lastUse(entry).toInstant().isBefore(Instant.now().minus(ABANDONED))) discard(entry);
        continue;
      }
      bytes += FileTree.size(entry);
      if (bytes > maxBytes) discard(entry);
    }
  }

  private static FileTime lastUse(Path entry) {
    try {
      return Files.getLastModifiedTime(entry);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  private static void touch(Path entry) {
    try {
      Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("entry", entry).log("The last use of prepacked weights cannot be written down");
    }
  }

  /// A process that mapped the files keeps them until it ends.
  private static void discard(Path path) {
    try {
      FileTree.delete(path);
    } catch (IOException e) {
      LOG.atWarn().setCause(e).addKeyValue("entry", path).log("Prepacked weights cannot be deleted");
    }
  }
}
