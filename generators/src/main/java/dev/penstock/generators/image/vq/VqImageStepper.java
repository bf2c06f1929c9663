package dev.penstock.generators.image.vq;

import dev.penstock.generators.GenerationException.Broken;
import dev.penstock.generators.Stepper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A prior as slots: every execution takes one, and a step is one run of the prior for all of them, each at its own
/// place in its picture. With guidance an execution fills two rows of the run, and `unwanted + guidance (wanted -
/// unwanted)` are its logits. What has its last code is decoded in the same step. A draft is float32 in the decoder's own
/// layout and range.
final class VqImageStepper implements Stepper<PreparedCodes, float[]> {

  private final PriorGraph prior;
  private final CodeDecoder decoder;
  private final int places;
  private final long startCode;
  private final Map<Long, Active> active = new LinkedHashMap<>();
  private final float[] wanted;
  private final float[] unwanted;

  /// An execution on its way; its rows are `row` and, with guidance, the one after.
  private static final class Active {
    private final PreparedCodes request;
    private final long[] codes;
    private int row;
    private int done;

    private Active(PreparedCodes request, int places, int row) {
      this.request = request;
      this.codes = new long[places];
      this.row = row;
    }
  }

  /// @param codes different codes; the one in front of the first
  VqImageStepper(PriorGraph prior, CodeDecoder decoder, int codes, int places) {
    this.prior = prior;
    this.decoder = decoder;
    this.places = places;
    this.startCode = codes;
    this.wanted = new float[codes];
    this.unwanted = new float[codes];
  }

  @Override
  public int slots() {
    return prior.rows() / 2;
  }

  @Override
  public int slotsFor(PreparedCodes prepared) {
    return 1;
  }

  @Override
  public int mostSteps(PreparedCodes prepared) {
    return places;
  }

  @Override
  public void admit(long execution, PreparedCodes prepared) {
    if (active.size() == slots()) throw new IllegalStateException("all " + slots() + " slots are taken");
    Active admitted = new Active(prepared, places, rowsInUse());
    prior.begin(admitted.row, prepared.words());
    if (prepared.unwanted() != null) prior.begin(admitted.row + 1, prepared.unwanted());
    active.put(execution, admitted);
  }

  private int rowsInUse() {
    return active.values().stream().mapToInt(each -> each.request.rows()).sum();
  }

  @Override
  public List<Ended<float[]>> step() {
    for (Active each : active.values()) write(each);
    prior.run(rowsInUse());
    List<Ended<float[]>> ended = new ArrayList<>();
    for (Map.Entry<Long, Active> entry : active.entrySet()) {
      Active each = entry.getValue();
      if (!advance(each)) ended.add(broken(entry.getKey()));
      else if (each.done == places) ended.add(decoded(entry.getKey(), each));
    }
    for (Ended<float[]> end : ended) release(end.execution());
    return ended;
  }

  private void write(Active each) {
    long before = each.done == 0 ? startCode : each.codes[each.done - 1];
    for (int row = each.row; row < each.row + each.request.rows(); row++) prior.write(row, before, each.done);
  }

  /// Draws the next code; false if the logits are not numbers.
  private boolean advance(Active each) {
    PreparedCodes request = each.request;
    prior.read(each.row, wanted);
    if (request.unwanted() != null) {
      prior.read(each.row + 1, unwanted);
      for (int i = 0; i < wanted.length; i++)
        wanted[i] = (float) (unwanted[i] + request.guidance() * (wanted[i] - unwanted[i]));
    }
    for (float logit : wanted) if (!Float.isFinite(logit)) return false;
    each.codes[each.done] = CodeDraw.of(wanted, request.temperature(), request.topK(), request.draws()[each.done]);
    each.done++;
    return true;
  }

  private Ended<float[]> decoded(long execution, Active each) {
    float[] picture = decoder.picture(Arrays.copyOf(each.codes, places));
    for (float value : picture) if (!Float.isFinite(value)) return broken(execution);
    return new Ended.Finished<>(execution, picture, places);
  }

  private static Ended<float[]> broken(long execution) {
    return new Ended.Failed<>(execution, new Broken("NUMERIC", "The model computed what are not numbers.", null));
  }

  /// The rows behind move up, so that those in use are always the first.
  @Override
  public void release(long execution) {
    Active gone = active.remove(execution);
    if (gone == null) return;
    for (Active each : active.values()) {
      if (each.row < gone.row) continue;
      int to = each.row - gone.request.rows();
      for (int i = 0; i < each.request.rows(); i++) prior.move(each.row + i, to + i);
      each.row = to;
    }
  }
}
