package dev.penstock.generators.models.transformer;

/// Which row of a file's tensor becomes which row of the graph's.
@FunctionalInterface
public interface RowOrder {

  RowOrder UNCHANGED = row -> row;

  /// The source row of a row.
  int source(int row);

  /// Undoes llama.cpp's permutation of query and key rows. It stores each head's rows as `[headSize/2, 2]`, for
  /// rotary positions that turn neighbours; the graph turns halves and wants `[2, headSize/2]`.
  static RowOrder halves(int headSize) {
    int half = headSize / 2;
    return row -> {
      int head = row / headSize;
      int within = row % headSize;
      return head * headSize + within % half * 2 + within / half;
    };
  }
}
