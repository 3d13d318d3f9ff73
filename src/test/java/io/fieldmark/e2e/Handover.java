package io.fieldmark.e2e;

/**
 * How the page took a picture that was dropped or pasted.
 *
 * @param zone classes of the drop zone while the picture hung over the page
 * @param kept whether the page kept the browser from opening the picture in its place
 */
record Handover(String zone, boolean kept) {
  /** Takes drop or paste, a file name and a JPEG in base64; gives what this record holds. */
  static final String SCRIPT =
      """
      const [event, name, jpeg, done] = arguments;
      const picture = new Image();
      picture.src = 'data:image/jpeg;base64,' + jpeg;
      picture.decode().then(() => {
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = 280;
        canvas.getContext('2d').drawImage(picture, 0, 0);
        canvas.toBlob(blob => {
          const files = new DataTransfer();
          files.items.add(new File([blob], name, { type: blob.type }));
          const options = { bubbles: true, cancelable: true };
          const give = type => document.querySelector('footer').dispatchEvent(
              type === 'paste'
                  ? new ClipboardEvent(type, { ...options, clipboardData: files })
                  : new DragEvent(type, { ...options, dataTransfer: files }));
          if (event === 'drop') {
            give('dragenter');
            give('dragover');
          }
          const zone = document.getElementById('drop-zone').className;
          done({ zone, kept: !give(event) });
        }, 'image/png');
      });
      """;
}
