package logtail.verify.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.Labels;
import logtail.core.store.Bucket;
import logtail.core.store.View;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The rows of a view in a DuckDB table each for fine and coarse, texts as VARCHAR; one thread answers. */
public final class DuckRows implements AutoCloseable {
    private final DuckDBConnection connection;
    private final Statement statement;

    /** Copies all rows; folded values read {@code (other)}. */
    public DuckRows(View view) throws SQLException {
        Connection opened = DriverManager.getConnection("jdbc:duckdb:");
        connection = opened.unwrap(DuckDBConnection.class);
        statement = connection.createStatement();
        statement.execute("set threads = 1");
        statement.execute("set preserve_insertion_order = false");
        copy(view, "fine", view.fine());
        copy(view, "coarse", view.coarse());
    }

    private void copy(View view, String table, List<Bucket> buckets) throws SQLException {
        List<String> columns = new ArrayList<>(List.of("start bigint", "requests bigint"));
        for (Dimension dimension : view.schema().dimensions()) {
            columns.add(dimension.name() + (dimension.kind().isDictionary() ? " varchar" : " bigint"));
        }
        statement.execute("create table " + table + " (" + String.join(", ", columns) + ")");
        try (DuckDBAppender rows = connection.createAppender("main", table)) {
            for (Bucket bucket : buckets) {
                for (int row = 0; row < bucket.rows(); row++) {
                    rows.beginRow();
                    rows.append(bucket.startSeconds());
                    rows.append(bucket.count(row));
                    for (int d = 0; d < view.schema().size(); d++) {
                        append(rows, view, bucket, d, row);
                    }
                    rows.endRow();
                }
            }
        }
    }

    private static void append(DuckDBAppender rows, View view, Bucket bucket, int d, int row) throws SQLException {
        ColumnKind kind = view.schema().get(d).kind();
        int value = bucket.column(d).get(row);
        if (!kind.isDictionary()) {
            rows.append(Integer.toUnsignedLong(value));
        } else if ((bucket.foldMask(row) >>> d & 1) != 0) {
            rows.append(Labels.OTHER);
        } else {
            rows.append(Labels.ofBytes(kind, view.texts().get(d).get(value)));
        }
    }

    /** A row of an answer: its label and its requests. */
    public record Row(String label, long count) {}

    /** Runs a query of two columns and reads all of the answer. */
    public List<Row> rows(String sql) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (ResultSet answer = statement.executeQuery(sql)) {
            while (answer.next()) {
                rows.add(new Row(answer.getString(1), answer.getLong(2)));
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
        connection.close();
    }
}
