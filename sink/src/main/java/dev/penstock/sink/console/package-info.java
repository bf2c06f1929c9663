/// The console: what was generated, for people and for programs, read-only. [Console] has the routes; [Access]
/// decides who may look; [GalleryPage], [ContentPage] and [OutcomesPage] are the pages, [ContentJson] the API's
/// answers, [Bodies] hands out pictures, [LiveFeed] tells pages that something arrived.
@org.jspecify.annotations.NullMarked
package dev.penstock.sink.console;
