/// A quicker form of graphs whose 4-bit or 8-bit blocks are not symmetric: what such a block adds is folded into what the
/// product's kernel adds for the zero point anyway. [FoldedOffsets] leads: it takes the nodes of an [OffsetProduct] out
/// of the graph, writes their offsets into the packed weights ([BlockSums], the one class that knows how a kernel's
/// weights lie), and has [ProductCheck] prove every product on this processor.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.onnx.folding;
