package dev.penstock.chaos.cluster;

import dev.penstock.runtime.OrderlyStop;
import dev.penstock.standalone.broker.KafkaMember;
import dev.penstock.standalone.broker.KafkaMemberSettings;
import dev.penstock.standalone.broker.KafkaMemberSettings.Listener;
import dev.penstock.standalone.broker.KafkaMemberSettings.Ports;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// One broker in a process of its own, until TERM or INT. Its argument is a file of properties, written by
/// [BrokerProcess].
final class BrokerProgram {

  static final String STARTED = "broker started";

  private BrokerProgram() {}

  public static void main(String[] arguments) throws Exception {
    OrderlyStop stop = new OrderlyStop();
    stop.handleSignals();
    Properties properties = read(Path.of(arguments[0]));
    stop.add("broker", KafkaMember.start(settings(properties), Boolean.parseBoolean(properties.getProperty("together"))));
    System.out.println(STARTED);
    stop.await();
  }

  private static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    return properties;
  }

  private static KafkaMemberSettings settings(Properties file) {
    List<Ports> ports = new ArrayList<>();
    for (String pair : file.getProperty("ports").split(",")) {
      String[] both = pair.split(":");
      ports.add(new Ports(Integer.parseInt(both[0]), Integer.parseInt(both[1])));
    }
    Map<String, Listener> listeners = new HashMap<>();
    Map<String, String> broker = new HashMap<>();
    for (String key : file.stringPropertyNames()) {
      if (key.startsWith("listener.")) {
        String[] both = file.getProperty(key).split(":");
        listeners.put(key.substring("listener.".length()), new Listener(Integer.parseInt(both[0]), Integer.parseInt(both[1])));
      }
      if (key.startsWith("broker.")) broker.put(key.substring("broker.".length()), file.getProperty(key));
    }
    return new KafkaMemberSettings(
        Path.of(file.getProperty("folder")),
        file.getProperty("cluster"),
        Integer.parseInt(file.getProperty("id")),
        ports,
        listeners,
        broker);
  }
}
