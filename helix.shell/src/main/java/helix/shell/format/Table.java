package helix.shell.format;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Text in columns: a header row, a rule, one row per thing. Not thread-safe. */
final class Table {

    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param titles one per column; a title that begins with {@code >} has its column aligned to the right */
    Table(String... titles) {
        this.titles = List.of(titles);
    }

    Table row(Object... cells) {
        if (cells.length != titles.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + titles.size() + " columns");
        }
        List<String> row = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            row.add(clean(String.valueOf(cell)));
        }
        rows.add(row);
        return this;
    }

    /** What modules say of themselves must not move the cursor or break the row. */
    private static String clean(String cell) {
        return cell.replaceAll("\\p{Cntrl}+", " ");
    }

    /** @param drawing whether box characters may be used */
    String render(boolean drawing) {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        line(text, widths, titles.stream().map(Table::title).toList(), drawing);
        rule(text, widths, drawing);
        rows.forEach(row -> line(text, widths, row, drawing));
        text.setLength(text.length() - 1);
        return text.toString();
    }

    private int[] widths() {
        int[] widths = new int[titles.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .reduce(title(titles.get(i)).length(), Math::max);
        }
        return widths;
    }

    private static String title(String title) {
        return title.startsWith(">") ? title.substring(1) : title;
    }

    private void line(StringBuilder text, int[] widths, List<String> cells, boolean drawing) {
        StringJoiner line = new StringJoiner(drawing ? " │ " : " | ");
        for (int i = 0; i < widths.length; i++) {
            String space = " ".repeat(widths[i] - cells.get(i).length());
            line.add(titles.get(i).startsWith(">") ? space + cells.get(i) : cells.get(i) + space);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static void rule(StringBuilder text, int[] widths, boolean drawing) {
        StringJoiner line = new StringJoiner(drawing ? "─┼─" : "-+-");
        for (int width : widths) {
            line.add((drawing ? "─" : "-").repeat(width));
        }
        text.append(line).append('\n');
    }
}
