using System.Globalization;
using System.Text;
using System.Text.Json;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Telemetry.Records;

namespace KekeStar.Antifraud.Archive.Feedback;

/// <summary>
/// Marks on decisions: lines of JSON in <c>feedback.jsonl</c> of the archive's folder, mode 0600, only ever added, the later one of a decision
/// counting; written anew without what is past its time or was erased. Held by the process that holds the archive.
/// </summary>
internal sealed class FeedbackBook
{
    private const string FileName = "feedback.jsonl";
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;
    private readonly TimeSpan _retention;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, FeedbackEntry> _entries = [];
    private bool _isLoaded;

    /// <summary>Makes a book over the archive's folder.</summary>
    /// <param name="options">Where, and for how long.</param>
    /// <param name="time">Decides what is past its time.</param>
    public FeedbackBook(ArchiveOptions options, TimeProvider time)
    {
        _path = Path.Combine(Path.GetFullPath(options.Directory), FileName);
        _retention = TimeSpan.FromDays(options.RetentionDays);
        _time = time;
    }

    /// <summary>The marks, the one that was set last first.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IReadOnlyList<FeedbackEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                Load();
                return [.. _entries.Values.OrderByDescending(static entry => entry.At).ThenByDescending(static entry => entry.DecidedAt)];
            }
        }
    }

    /// <summary>The mark of a decision; null: it has none.</summary>
    public FeedbackEntry? Find(long decision)
    {
        lock (_lock)
        {
            Load();
            return _entries.GetValueOrDefault(decision);
        }
    }

    /// <summary>Sets marks, or takes them back. On disk when this returns.</summary>
    /// <returns>False if there are <see cref="ArchiveLimits.MaxKeptMarks"/> already; none is set then.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public bool Add(IReadOnlyCollection<FeedbackEntry> entries)
    {
        lock (_lock)
        {
            Load();
            if (_entries.Count + entries.Count(entry => !_entries.ContainsKey(entry.Decision)) > ArchiveLimits.MaxKeptMarks)
            {
                return false;
            }

            var creation = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                creation.UnixCreateMode = OwnerAlone;
            }

            using (var stream = new FileStream(_path, creation))
            {
                foreach (var entry in entries)
                {
                    stream.Write(Line(entry));
                }

                stream.Flush(flushToDisk: true);
            }

            foreach (var entry in entries)
            {
                Apply(entry);
            }

            return true;
        }
    }

    /// <summary>What people found out about the decisions in which each rule fired, or would have.</summary>
    public (IReadOnlyDictionary<string, RulePrecision> Rules, IReadOnlyDictionary<string, RulePrecision> Shadows) Precision()
    {
        var rules = new Dictionary<string, RulePrecision>(StringComparer.Ordinal);
        var shadows = new Dictionary<string, RulePrecision>(StringComparer.Ordinal);
        foreach (var entry in Entries)
        {
            var isWrong = entry.Mark == FeedbackMark.FalsePositive;
            if (entry.Mark != FeedbackMark.Missed)
            {
                Count(rules, entry.Rules, isWrong);
            }

            Count(shadows, entry.ShadowRules, isWrong);
        }

        return (rules, shadows);
    }

    /// <summary>Removes the marks of an account's decisions.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public int Erase(RecordErasure erasure)
    {
        // Rows that a withdrawal leaves keep their rules and their account, and a mark holds nothing else of them.
        if (erasure.Withdrawn is not null)
        {
            return 0;
        }

        var account = unchecked((long)erasure.Account);
        var decisions = erasure.Decisions.Select(static decision => unchecked((long)decision)).ToHashSet();
        return RemoveWhere(entry => entry.Account == account || entry.OtherAccount == account || decisions.Contains(entry.Decision));
    }

    /// <summary>Removes the marks of decisions that are past their time.</summary>
    /// <returns>How many.</returns>
    public int Expire()
    {
        var earliest = _time.GetUtcNow() - _retention;
        return RemoveWhere(entry => entry.DecidedAt < earliest);
    }

    private static void Count(Dictionary<string, RulePrecision> counts, IEnumerable<string> rules, bool isWrong)
    {
        foreach (var rule in rules)
        {
            var before = counts.GetValueOrDefault(rule, new RulePrecision(0, 0));
            counts[rule] = isWrong ? before with { Wrong = before.Wrong + 1 } : before with { Right = before.Right + 1 };
        }
    }

    private static byte[] Line(FeedbackEntry entry)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("decision", Hex(entry.Decision));
            json.WriteString("mark", FeedbackMarks.NameOf(entry.Mark));
            json.WriteString("by", entry.By);
            json.WriteString("at", entry.At);
            json.WriteString("decided", entry.DecidedAt);
            json.WriteString("scene", entry.Scene);
            json.WriteString("verdict", entry.Verdict);
            json.WriteNumber("score", entry.Score);
            Write(json, "rules", entry.Rules);
            Write(json, "shadow_rules", entry.ShadowRules);
            if (entry.Account is { } account)
            {
                json.WriteString("account", Hex(account));
            }

            if (entry.OtherAccount is { } other)
            {
                json.WriteString("other_account", Hex(other));
            }

            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    // A line that a crash cut is none.
    private static FeedbackEntry? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var json = document.RootElement;
            return FeedbackMarks.Find(json.GetProperty("mark").GetString() ?? "") is not { } mark ? null : new FeedbackEntry
            {
                Decision = Number(json.GetProperty("decision")),
                Mark = mark,
                By = json.GetProperty("by").GetString() ?? "",
                At = json.GetProperty("at").GetDateTimeOffset(),
                DecidedAt = json.GetProperty("decided").GetDateTimeOffset(),
                Scene = json.GetProperty("scene").GetString() ?? "",
                Verdict = json.GetProperty("verdict").GetString() ?? "",
                Score = json.GetProperty("score").GetInt32(),
                Rules = Texts(json.GetProperty("rules")),
                ShadowRules = Texts(json.GetProperty("shadow_rules")),
                Account = json.TryGetProperty("account", out var account) ? Number(account) : null,
                OtherAccount = json.TryGetProperty("other_account", out var other) ? Number(other) : null,
            };
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }

    private static string Hex(long number) => number.ToString("x16", CultureInfo.InvariantCulture);

    private static long Number(JsonElement hex) => long.Parse(hex.GetString() ?? "", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static string[] Texts(JsonElement texts) => [.. texts.EnumerateArray().Select(static text => text.GetString() ?? "")];

    private void Load()
    {
        if (_isLoaded)
        {
            return;
        }

        _entries.Clear();
        if (File.Exists(_path))
        {
            var text = File.ReadAllText(_path, Encoding.UTF8);
            foreach (var entry in text.Split('\n').Select(Parse).OfType<FeedbackEntry>())
            {
                Apply(entry);
            }

            // Else the next line would be part of the one that was cut.
            if (text.Length > 0 && !text.EndsWith('\n'))
            {
                Rewrite();
            }
        }

        _isLoaded = true;
    }

    private void Apply(FeedbackEntry entry)
    {
        if (entry.Mark == FeedbackMark.None)
        {
            _entries.Remove(entry.Decision);
        }
        else
        {
            _entries[entry.Decision] = entry;
        }
    }

    private int RemoveWhere(Predicate<FeedbackEntry> goes)
    {
        lock (_lock)
        {
            Load();
            var going = _entries.Values.Where(entry => goes(entry)).Select(static entry => entry.Decision).ToList();
            if (going.Count == 0)
            {
                return 0;
            }

            going.ForEach(decision => _entries.Remove(decision));
            try
            {
                Rewrite();
            }
            catch
            {
                // What is on disk counts.
                _isLoaded = false;
                throw;
            }

            return going.Count;
        }
    }

    private void Rewrite() => OwnerOnlyFile.Write(
        _path,
        stream =>
        {
            foreach (var entry in _entries.Values)
            {
                stream.Write(Line(entry));
            }
        },
        replaces: true);
}
