package io.fieldmark.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes all drawn animals into a folder, each named after what it shows. */
public final class DrawnAnimals {
  private DrawnAnimals() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Map<String, Canvas> animals =
        Map.of(
            "butterfly", DrawnButterfly.draw(),
            "duck", DrawnDuck.draw(),
            "panda", DrawnPanda.draw(),
            "tiger", DrawnTiger.draw());
    for (Map.Entry<String, Canvas> animal : animals.entrySet()) {
      Files.write(folder.resolve(animal.getKey() + ".jpg"), animal.getValue().jpeg());
    }
  }
}
