using DuckDB.NET.Data;

namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>One connection while a question is asked; whatever it runs ends when the question's time is over.</summary>
internal sealed class Question
{
    // How soon a statement notices that its time is over.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly DuckDBConnection _connection;
    private readonly CancellationToken _ending;

    /// <summary>Asks over a connection.</summary>
    public Question(DuckDBConnection connection, CancellationToken ending)
    {
        _connection = connection;
        _ending = ending;
    }

    /// <summary>True if an answer rests on fewer rows than there are.</summary>
    public bool IsTruncated { get; set; }

    /// <summary>Runs a statement.</summary>
    /// <param name="sql">The statement, made of the archive's own words; what comes from people stands in the parameters.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="read">Reads one row.</param>
    /// <exception cref="OperationCanceledException">The time is over.</exception>
    public List<T> Query<T>(string sql, IReadOnlyDictionary<string, object> parameters, Func<DuckDBDataReader, T> read) =>
        Run(sql, parameters, command =>
        {
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        });

    /// <summary>Runs a statement that returns nothing.</summary>
    /// <exception cref="OperationCanceledException">The time is over.</exception>
    public void Execute(string sql, IReadOnlyDictionary<string, object> parameters) => Run(sql, parameters, static command => command.ExecuteNonQuery());

    private T Run<T>(string sql, IReadOnlyDictionary<string, object> parameters, Func<DuckDBCommand, T> run)
    {
        _ending.ThrowIfCancellationRequested();
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.Add(new DuckDBParameter(name, value));
        }

        // Again and again: an interrupt that comes before the statement has begun is forgotten by it.
        var interrupting = new Lock();
        var isOver = false;
        using var watch = new Timer(
            _ =>
            {
                lock (interrupting)
                {
                    if (!isOver && _ending.IsCancellationRequested)
                    {
                        command.Cancel();
                    }
                }
            },
            state: null,
            Look,
            Look);
        try
        {
            return run(command);
        }
        finally
        {
            lock (interrupting)
            {
                isOver = true;
            }
        }
    }
}
