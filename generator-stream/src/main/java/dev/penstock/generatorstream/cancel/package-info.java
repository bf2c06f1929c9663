/// Cancellations on their way in: [CancelProcessor] reads them and hands them to the inbox.
@org.jspecify.annotations.NullMarked
package dev.penstock.generatorstream.cancel;
