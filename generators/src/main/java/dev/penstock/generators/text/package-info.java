/// Language models and text encoders.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.text;
