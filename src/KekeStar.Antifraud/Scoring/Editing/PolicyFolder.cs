using System.Globalization;
using System.Text;
using System.Text.Json;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Scoring.Editing;

/// <summary>
/// The folder of drafts and versions: <c>versions/00001.json</c> and <c>drafts/{id}.json</c>, mode 0600. A version is one file that appears
/// whole, under its name, on disk, and is never written again; its appearing is its publication.
/// </summary>
internal static class PolicyFolder
{
    private const string VersionsName = "versions";
    private const string DraftsName = "drafts";
    private const string Extension = ".json";
    private const int NumberDigits = 5;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly JsonWriterOptions Layout =
        new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Takes the folder for a change, which instances that share it make one at a time; making it if need be.</summary>
    /// <exception cref="IOException">It cannot be had within <see cref="PolicyEditingLimits.LockWait"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static async Task<FileStream> TakeAsync(string folder)
    {
        foreach (var made in (string[])[folder, Path.Combine(folder, VersionsName), Path.Combine(folder, DraftsName)])
        {
            _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(made) : Directory.CreateDirectory(made, Private);
        }

        var until = Environment.TickCount64 + (long)PolicyEditingLimits.LockWait.TotalMilliseconds;
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder, "in-use.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Environment.TickCount64 < until)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }
    }

    /// <summary>Number of the newest version; 0: there is none.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static int Newest(string folder)
    {
        var versions = Path.Combine(folder, VersionsName);
        return !Directory.Exists(versions) ? 0 : Directory.EnumerateFiles(versions).Max(static path => (int?)NumberOf(path)) ?? 0;
    }

    /// <summary>Reads a version.</summary>
    /// <exception cref="IOException">It cannot be read; of these, <see cref="FileNotFoundException"/>: there is none of that number.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="InvalidDataException">Its content is not what was published.</exception>
    public static PolicyVersion ReadVersion(string folder, int number) => Read(PathOf(folder, number), json =>
    {
        var text = Text(json, "policy");
        var version = new PolicyVersion
        {
            Number = json.GetProperty("number").GetInt32(),
            Sha256 = Text(json, "sha256"),
            Authors = Texts(json, "authors"),
            Approver = Text(json, "approver"),
            Publisher = Text(json, "publisher"),
            PublishedAt = json.GetProperty("published").GetDateTimeOffset(),
            Comment = Text(json, "comment"),
            Restores = json.TryGetProperty("restores", out var restores) ? restores.GetInt32() : null,
            Text = text,
        };
        return version.Number == number && version.Sha256 == PolicyDraft.HashOf(text)
            ? version
            : throw new InvalidDataException("its number or its hash is not that of its content.");
    });

    /// <summary>Puts a version on disk; it is in force for everybody who reads the folder from then on.</summary>
    /// <exception cref="IOException">It cannot be written, or there is one of that number.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string folder, PolicyVersion version) => Write(PathOf(folder, version.Number), replaces: false, json =>
    {
        json.WriteNumber("number", version.Number);
        json.WriteString("sha256", version.Sha256);
        Write(json, "authors", version.Authors);
        json.WriteString("approver", version.Approver);
        json.WriteString("publisher", version.Publisher);
        json.WriteString("published", version.PublishedAt);
        json.WriteString("comment", version.Comment);
        if (version.Restores is { } restores)
        {
            json.WriteNumber("restores", restores);
        }

        json.WriteString("policy", version.Text);
    });

    /// <summary>The drafts, the one that was changed last first.</summary>
    /// <exception cref="IOException">One cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be read.</exception>
    /// <exception cref="InvalidDataException">One is not what was written.</exception>
    public static IReadOnlyList<PolicyDraft> Drafts(string folder)
    {
        var drafts = Path.Combine(folder, DraftsName);
        return !Directory.Exists(drafts)
            ? []
            :
            [
                .. Directory.EnumerateFiles(drafts, "*" + Extension)
                    .Select(static path => Path.GetFileNameWithoutExtension(path))
                    .Select(id => FindDraft(folder, id))
                    .OfType<PolicyDraft>()
                    .OrderByDescending(static draft => draft.ChangedAt),
            ];
    }

    /// <summary>Reads a draft; null: there is none of that handle.</summary>
    public static PolicyDraft? FindDraft(string folder, string id)
    {
        try
        {
            return !IsId(id) ? null : Read(PathOf(folder, id), json => new PolicyDraft
            {
                Id = id,
                Title = Text(json, "title"),
                BasedOn = json.GetProperty("based_on").GetInt32(),
                Revision = json.GetProperty("revision").GetInt32(),
                State = Enum.Parse<PolicyDraftState>(Text(json, "state")),
                Authors = Texts(json, "authors"),
                Reviewer = Text(json, "reviewer"),
                Rejection = Text(json, "rejection"),
                ChangedAt = json.GetProperty("changed").GetDateTimeOffset(),
                Text = Text(json, "policy"),
            });
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes a draft in the place of what it was.</summary>
    public static void Write(string folder, PolicyDraft draft) => Write(PathOf(folder, draft.Id), replaces: true, json =>
    {
        json.WriteString("title", draft.Title);
        json.WriteNumber("based_on", draft.BasedOn);
        json.WriteNumber("revision", draft.Revision);
        json.WriteString("state", draft.State.ToString());
        Write(json, "authors", draft.Authors);
        json.WriteString("reviewer", draft.Reviewer);
        json.WriteString("rejection", draft.Rejection);
        json.WriteString("changed", draft.ChangedAt);
        json.WriteString("policy", draft.Text);
    });

    /// <summary>Removes a draft.</summary>
    public static void Remove(string folder, PolicyDraft draft) => File.Delete(PathOf(folder, draft.Id));

    private static string PathOf(string folder, int number) =>
        Path.Combine(folder, VersionsName, number.ToString("D5", CultureInfo.InvariantCulture) + Extension);

    private static string PathOf(string folder, string id) => Path.Combine(folder, DraftsName, id + Extension);

    private static bool IsId(string id) => id.Length == 16 && id.All(char.IsAsciiHexDigitLower);

    // What is on its way has another name; 0: no version.
    private static int NumberOf(string path)
    {
        var name = Path.GetFileName(path);
        return name.Length == NumberDigits + Extension.Length
            && name.EndsWith(Extension, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(0, NumberDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
    }

    private static T Read<T>(string path, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(OwnerOnlyFile.Read(path, PolicyEditingLimits.MaxFileBytes));
            return read(document.RootElement);
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException or KeyNotFoundException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"The policy file '{path}' cannot be used: {fault.Message}", fault);
        }
    }

    private static void Write(string path, bool replaces, Action<Utf8JsonWriter> write) => OwnerOnlyFile.Write(
        path,
        stream =>
        {
            using var json = new Utf8JsonWriter(stream, Layout);
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        },
        replaces);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");

    private static string[] Texts(JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(static text => text.GetString() ?? "")];

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>The policy of a version as the loader takes it.</summary>
    public static byte[] BytesOf(PolicyVersion version) => Encoding.UTF8.GetBytes(version.Text);
}
