/// The one door to ONNX Runtime: no other package imports it.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.onnx;
