/// How written English is read aloud: [TextNormalizer] leads, and has characters tidied ([Characters]), addresses, moments,
/// amounts, numbers and abbreviations written out as words, each by a class of its own.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.audio.reading;
