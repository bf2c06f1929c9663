package dev.penstock.generators.text.entities;

import dev.penstock.generators.GenerationException.Broken;
import dev.penstock.generators.Stepper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An encoder as slots: every execution takes one, and a step labels one window of each, those of like length in one batch.
/// So a short text that comes beside a long one ends in the next step.
final class TokenStepper implements Stepper<PreparedText, LabelledTokens> {

  private final TokenGraph graph;
  private final float[] logits;
  private final Map<Long, Active> active = new LinkedHashMap<>();

  private static final class Active {
    private final PreparedText prepared;
    private final LabelledTokens draft;
    private int windows;
    private boolean broken;

    private Active(PreparedText prepared) {
      this.prepared = prepared;
      this.draft = new LabelledTokens(prepared.tokens().count());
    }

    private Window window() {
      return prepared.windows().get(windows);
    }

    private boolean isDone() {
      return broken || windows == prepared.windows().size();
    }
  }

  TokenStepper(TokenGraph graph, int labels) {
    this.graph = graph;
    this.logits = new float[labels];
  }

  @Override
  public int slots() {
    return graph.rows();
  }

  @Override
  public int slotsFor(PreparedText prepared) {
    return 1;
  }

  @Override
  public int mostSteps(PreparedText prepared) {
    return prepared.windows().size();
  }

  @Override
  public void admit(long execution, PreparedText prepared) {
    if (active.size() == slots()) throw new IllegalStateException("all " + slots() + " slots are taken");
    active.put(execution, new Active(prepared));
  }

  @Override
  public List<Ended<LabelledTokens>> step() {
    Map<Integer, List<Active>> byLength = new TreeMap<>();
    Map<Active, int[]> rows = new LinkedHashMap<>();
    for (Active each : active.values()) {
      int[] row = each.prepared.row(each.window());
      rows.put(each, row);
      byLength.computeIfAbsent(graph.length(row.length), _ -> new ArrayList<>()).add(each);
    }
    byLength.forEach((length, all) ->
        graph.run(length, all.stream().map(rows::get).toList(), (index, batch, row) -> read(all.get(index), batch, row)));
    for (Active each : active.values()) each.windows++;
    return ended();
  }

  private void read(Active active, TokenBatch batch, int row) {
    Window window = active.window();
    int before = active.prepared.tokens().before().length;
    for (int token = window.ownStart(); token < window.ownEnd(); token++) {
      batch.read(row, before + token - window.start(), logits);
      int label = likeliest();
      double sum = 0;
      for (float each : logits) sum += Math.exp((double) each - logits[label]);
      active.draft.labels()[token] = label;
      active.draft.scores()[token] = (float) (1 / sum);
      if (!Double.isFinite(sum)) active.broken = true;
    }
  }

  private int likeliest() {
    int label = 0;
    for (int i = 1; i < logits.length; i++) if (logits[i] > logits[label]) label = i;
    return label;
  }

  private List<Ended<LabelledTokens>> ended() {
    List<Ended<LabelledTokens>> ended = new ArrayList<>();
    active.forEach((execution, each) -> {
      if (each.broken)
        ended.add(
            new Ended.Failed<>(execution, new Broken("NUMERIC", "The model computed scores that are not numbers.", null)));
      else if (each.isDone()) ended.add(new Ended.Finished<>(execution, each.draft, each.windows));
    });
    active.values().removeIf(Active::isDone);
    return ended;
  }

  @Override
  public void release(long execution) {
    active.remove(execution);
  }
}
