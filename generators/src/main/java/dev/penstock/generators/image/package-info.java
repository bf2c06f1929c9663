/// Image generators.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.image;
