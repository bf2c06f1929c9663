package dev.penstock.generators.models;

/// No folder in the search order holds the model asked for. The message says where was looked and what is there.
public final class ModelNotFoundException extends ModelException {

  public ModelNotFoundException(String sentence) {
    super(sentence, null);
  }
}
