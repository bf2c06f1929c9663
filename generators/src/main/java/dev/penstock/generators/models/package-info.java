/// What a model is before anybody runs it: the manifest, the parameters a prompt may set, the verified folder
/// and the places where folders are searched.
///
/// Read [dev.penstock.generators.models.ModelRepository] first (find a model by name); it leads to
/// [dev.penstock.generators.models.ModelFolder] (digests verified), that to
/// [dev.penstock.generators.models.ModelManifest], and that to
/// [dev.penstock.generators.models.ModelParameters] and the families' sections.
@NullMarked
package dev.penstock.generators.models;

import org.jspecify.annotations.NullMarked;
