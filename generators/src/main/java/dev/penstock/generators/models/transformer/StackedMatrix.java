package dev.penstock.generators.models.transformer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Matrices of equally long rows, one below the other: one product with their common input computes what they do apart,
/// and an answer alone, whose step is many small operators, takes less time.
///
/// @param parts at least one, from top to bottom
record StackedMatrix(List<Part> parts) implements WeightMatrix {

  /// A matrix and the order that its rows get.
  record Part(WeightMatrix matrix, RowOrder order) {}

  StackedMatrix {
    parts = List.copyOf(parts);
  }

  /// The parts as one matrix, in blocks if they all are; empty if they are in blocks of several formats, which no product
  /// takes.
  static Optional<WeightMatrix> of(List<Part> parts) {
    var stack = new StackedMatrix(parts);
    List<Optional<BlockFormat>> formats = parts.stream()
        .map(part -> part.matrix() instanceof BlockedMatrix blocked
            ? Optional.of(blocked.format()) : Optional.<BlockFormat>empty())
        .distinct().toList();
    if (formats.size() > 1) {
      return Optional.empty();
    }
    return Optional.of(formats.getFirst().<WeightMatrix>map(format -> new ViewInBlocks(stack, format, stack::readBlocks)).orElse(stack));
  }

  @Override
  public String name() {
    return parts.stream().map(part -> part.matrix().name()).collect(Collectors.joining("+"));
  }

  @Override
  public int rows() {
    return parts.stream().mapToInt(part -> part.matrix().rows()).sum();
  }

  @Override
  public int columns() {
    return parts.getFirst().matrix().columns();
  }

  @Override
  public void read(int row, float[] into) {
    Place place = place(row);
    place.matrix().read(place.row(), into);
  }

  private record Place(WeightMatrix matrix, int row) {}

  private Place place(int row) {
    int within = row;
    for (Part part : parts) {
      if (within < part.matrix().rows()) {
        return new Place(part.matrix(), part.order().source(within));
      }
      within -= part.matrix().rows();
    }
    throw new IndexOutOfBoundsException("row " + row + " of " + rows());
  }

  private void readBlocks(int row, int[] quants, float[] scales, float[] minima) {
    Place place = place(row);
    ((BlockedMatrix) place.matrix()).readBlocks(place.row(), quants, scales, minima);
  }
}
