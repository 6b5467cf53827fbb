using System.Globalization;
using DuckDB.NET.Data;

namespace KekeStar.Antifraud.Archive.Files;

/// <summary>DuckDB inside this process, without a database: it reads and writes the archive's files and nothing else.</summary>
internal sealed class DuckDbEngine : IDisposable
{
    private readonly DuckDBConnection _root;

    /// <summary>Starts an engine.</summary>
    /// <param name="threads">Threads that all its work may use together.</param>
    /// <param name="memoryBytes">Memory that all its work may use together.</param>
    public DuckDbEngine(int threads, long memoryBytes)
    {
        _root = new DuckDBConnection("Data Source=:memory:");
        _root.Open();
        using var command = _root.CreateCommand();

        // Nothing is fetched from anywhere and nothing is spilled to disk; the last line keeps any statement from changing that.
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
            SET threads = {threads};
            SET memory_limit = '{memoryBytes}B';
            SET temp_directory = '';
            SET autoinstall_known_extensions = false;
            SET autoload_known_extensions = false;
            SET allow_community_extensions = false;
            SET enable_progress_bar = false;
            SET lock_configuration = true;
            """);
        command.ExecuteNonQuery();
    }

    /// <summary>Writes a text as it stands in SQL. For paths of the archive's own; what comes from people is a parameter.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Writes a call that reads files.</summary>
    public static string Read(IEnumerable<string> paths, string options = "") =>
        $"read_parquet([{string.Join(", ", paths.Select(Quote))}], hive_partitioning = false{options})";

    /// <summary>Opens a connection with temporary tables of its own.</summary>
    public DuckDBConnection Connect()
    {
        var connection = _root.Duplicate();
        connection.Open();
        return connection;
    }

    /// <summary>Runs a statement of the archive's own that returns no rows.</summary>
    public void Execute(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a question of the archive's own whose answer is larger than memory may hold.</summary>
    /// <param name="sql">The question.</param>
    /// <param name="take">Takes one row.</param>
    public void ForEach(string sql, Action<DuckDBDataReader> take)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            take(reader);
        }
    }

    /// <summary>Runs a question of the archive's own.</summary>
    /// <param name="sql">The question.</param>
    /// <param name="read">Reads one row.</param>
    public List<T> Query<T>(string sql, Func<DuckDBDataReader, T> read)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Reads one entry of a file's metadata; empty: it has none.</summary>
    public string Metadata(string path, string key) => Query(
        $"SELECT decode(value) FROM parquet_kv_metadata({Quote(path)}) WHERE decode(key) = {Quote(key)}",
        static reader => reader.GetString(0)).FirstOrDefault("");

    /// <summary>True if a file has a column; files of earlier builds have fewer.</summary>
    public bool HasColumn(string path, string name) =>
        Query($"SELECT 1 FROM parquet_schema({Quote(path)}) WHERE name = {Quote(name)}", static _ => true).Count > 0;

    /// <inheritdoc/>
    public void Dispose() => _root.Dispose();
}
