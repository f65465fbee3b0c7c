package logtail.core.store;

/** Where the texts of one dimension of a {@link RowSet} stand, by id; {@link Texts#OTHER} has none. */
interface TextSource {
    /** The array that holds the text. */
    byte[] array(int id);

    /** Where it begins. */
    int from(int id);

    /** Its length in bytes. */
    int length(int id);

    /** Every id is below it. */
    int limit();

    /** The texts of a view or dictionary. */
    static TextSource of(Texts texts) {
        return new TextSource() {
            @Override
            public byte[] array(int id) {
                return texts.get(id);
            }

            @Override
            public int from(int id) {
                return 0;
            }

            @Override
            public int length(int id) {
                return texts.get(id).length;
            }

            @Override
            public int limit() {
                return texts.limit();
            }
        };
    }
}
