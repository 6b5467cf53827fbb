using System.Globalization;
using System.Text.Json;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Dashboard.SignIn;

/// <summary>Reads and writes <c>accounts.json</c>, mode 0600.</summary>
internal static class AccountFile
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Reads the accounts.</summary>
    /// <exception cref="InvalidOperationException">The file cannot be used; the message says what to do.</exception>
    public static IReadOnlyList<LocalAccount> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(OwnerOnlyFile.Read(path, SignInLimits.MaxFileBytes));
            return [.. document.RootElement.GetProperty("accounts").EnumerateArray().Select(Read)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException or JsonException
            or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new InvalidOperationException(
                $"The dashboard's accounts '{path}' cannot be read: {fault.Message} Mend the file, or move it away to begin anew with 'admin'.", fault);
        }
    }

    /// <summary>Writes the accounts as a whole.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, IEnumerable<LocalAccount> accounts) => OwnerOnlyFile.Write(
        path,
        stream =>
        {
            using var json = new Utf8JsonWriter(stream, Indented);
            json.WriteStartObject();
            json.WriteStartArray("accounts");
            foreach (var account in accounts)
            {
                Write(json, account);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        },
        replaces: true);

    private static LocalAccount Read(JsonElement account) => new(
        account.GetProperty("name").GetString() ?? throw new FormatException("An account without a name."),
        account.GetProperty("hash").GetString() ?? throw new FormatException("An account without a hash."),
        account.GetProperty("roles").EnumerateArray().Aggregate(Roles.None, static (roles, role) => roles | Role(role.GetString() ?? "")),
        account.GetProperty("must_change").GetBoolean(),
        account.GetProperty("disabled").GetBoolean(),
        account.GetProperty("changed").GetDateTimeOffset());

    // A role that was mistyped must not quietly be none.
    private static Roles Role(string name) => RoleName.Find(name) is var role && role != Roles.None
        ? role
        : throw new FormatException($"'{name}' is no role; allowed are {string.Join(", ", RoleName.AllOf(Roles.All))}.");

    private static void Write(Utf8JsonWriter json, LocalAccount account)
    {
        json.WriteStartObject();
        json.WriteString("name", account.Name);
        json.WriteString("hash", account.Hash);
        json.WriteStartArray("roles");
        foreach (var role in RoleName.AllOf(account.Roles))
        {
            json.WriteStringValue(role);
        }

        json.WriteEndArray();
        json.WriteBoolean("must_change", account.MustChange);
        json.WriteBoolean("disabled", account.IsDisabled);
        json.WriteString("changed", account.ChangedAt.ToString("O", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }
}
