/// A look at what a model makes: [dev.penstock.generators.samples.Samples] runs a few requests that nobody selected, and
/// [dev.penstock.generators.samples.ContactSheet] puts pictures side by side.
@NullMarked
package dev.penstock.generators.samples;

import org.jspecify.annotations.NullMarked;
