package io.fieldmark.e2e;

/**
 * Where the keyboard's focus is.
 *
 * @param name id or, without one, class of the element
 * @param visible whether an outline of at least 2 px is drawn around it, or around the button that
 *     stands for a hidden file input
 */
record Focus(String name, boolean visible) {
  /** Gives what this record holds. */
  static final String SCRIPT =
      """
      const focused = document.activeElement;
      const shown = focused.type === 'file' ? focused.labels[0] : focused;
      const style = getComputedStyle(shown);
      const box = shown.getBoundingClientRect();
      return {
        name: focused.id || focused.className || focused.tagName,
        visible: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
            && box.width > 20 && box.height > 10 && box.bottom > 0,
      };
      """;
}
