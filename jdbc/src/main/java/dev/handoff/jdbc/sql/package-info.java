/// A small layer over JDBC that knows no tasks: sessions that keep their prepared statements,
/// parameters by name, rows by column, texts and times as they are stored, migrations, and what the
/// errors of each database mean. Start reading at [dev.handoff.jdbc.sql.SqlSession]. Inside the
/// module only; depends on core and on no other package of it.
@NullMarked
package dev.handoff.jdbc.sql;

import org.jspecify.annotations.NullMarked;
