/// Pictures as files. [PictureFormat] writes and [PictureReader] reads a [Bitmap]; [Fit] brings it into a [PictureSize].
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.media.picture;
