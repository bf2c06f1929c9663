/// Content as people see it, the same in the console and in a file: [Card] is one piece among others,
/// [Provenance] everything known about it, [GalleryFile] a whole gallery as one file. All markup is made by
/// [Html], which escapes what prompts and models wrote.
@org.jspecify.annotations.NullMarked
package dev.penstock.sink.gallery;
