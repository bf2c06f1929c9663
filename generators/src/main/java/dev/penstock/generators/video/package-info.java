/// Films of an image model's pictures. [VideoGenerator] leads: it reads what is wanted ([FilmSettings]) and has the image
/// model prepare the pictures of a [Storyboard]; [VideoStepper] draws them on the image model's own steps; [Screen] shows
/// them through the camera ([CameraMove]) with words over them ([Titles], set in a [Typeface]), frame by frame.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.video;
