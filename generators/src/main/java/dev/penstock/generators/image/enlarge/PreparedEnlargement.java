package dev.penstock.generators.image.enlarge;

import dev.penstock.generators.image.Picture;
import dev.penstock.generators.image.PictureDelivery;

/// A picture, how it will be cut, and how the large one is delivered.
public record PreparedEnlargement(Picture picture, PictureDelivery delivery, Windows windows) {}
