package io.fieldmark.dashboards;

import java.util.LinkedHashMap;
import java.util.Map;

/** JSON objects whose members keep their order. */
final class Fields {
  private Fields() {}

  /**
   * @param namesAndValues alternately
   */
  static Map<String, Object> of(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
    }
    return fields;
  }

  static Map<String, Object> datasource() {
    return of("type", "prometheus", "uid", "${datasource}");
  }
}
