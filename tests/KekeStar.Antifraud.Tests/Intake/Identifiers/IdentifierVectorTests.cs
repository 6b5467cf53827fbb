using System.Globalization;
using KekeStar.Antifraud.Intake.Identifiers;
using KekeStar.Antifraud.Tests.Intake.Identifiers.Vectors;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Intake.Identifiers;

/// <summary>The values of public test suites; Vectors/README.md says whose.</summary>
public sealed class IdentifierVectorTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_public_vector_is_read_as_its_source_says_or_a_clause_says_why_not()
    {
        var vectors = PublicVector.ReadAll();
        var justified = VectorTable.ReadDisagreements();
        var clauses = VectorTable.ReadClauses();
        var faults = new List<string>();
        var met = new HashSet<(string Kind, bool IsValid, string Value)>();
        var disagreements = 0;
        foreach (var vector in vectors)
        {
            var (status, normalised) = vector.Read();
            if ((status == NormaliseStatus.Ok) == vector.IsValid)
            {
                if (status == NormaliseStatus.Ok && vector.Normalised.Length > 0 && normalised != vector.Normalised)
                {
                    faults.Add($"{vector}: read as {normalised}");
                }

                continue;
            }

            disagreements++;
            var key = (vector.Kind, vector.IsValid, vector.Value);
            if (justified.TryGetValue(key, out var reason) && reason.Status == status.ToString() && clauses.ContainsKey(reason.Clause))
            {
                met.Add(key);
            }
            else
            {
                faults.Add($"{vector}: {status}, and no clause says why");
            }
        }

        faults.AddRange(justified.Keys.Where(key => !met.Contains(key)).Select(static key => $"{key}: justified, but there is no such disagreement"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{vectors.Count} vectors, {disagreements} disagreements, {disagreements - faults.Count(static fault => fault.EndsWith("says why", StringComparison.Ordinal))} justified"));
        foreach (var kind in vectors.GroupBy(static vector => vector.Kind, StringComparer.Ordinal).OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kind.Key}: {kind.Count()} vectors, {kind.Count(static vector => !vector.IsValid)} of them invalid"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Every_clause_is_named_by_a_disagreement_and_cites_its_standard_or_our_rule()
    {
        var used = VectorTable.ReadDisagreements().Values.Select(static reason => reason.Clause).ToHashSet(StringComparer.Ordinal);
        var clauses = VectorTable.ReadClauses();

        Assert.Equal(used.Order(StringComparer.Ordinal), clauses.Keys.Order(StringComparer.Ordinal));
        Assert.All(clauses.Values, static text => Assert.Matches("(RFC|TS|IEEE|E\\.\\d+|S\\.R0048|NullValues|AddressScope|Blanks)", text));
    }

    [Fact]
    public void The_source_and_the_licence_of_every_file_are_noted()
    {
        var files = VectorTable.Files().ToArray();
        var notes = File.ReadAllText(Path.Combine(Path.GetDirectoryName(files[0])!, "README.md"));

        Assert.All(files, file => Assert.Contains($"| `{Path.GetFileName(file)}` |", notes, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Imei")]
    [InlineData("Meid")]
    [InlineData("Imsi")]
    [InlineData("Iccid")]
    [InlineData("Mac")]
    [InlineData("Bssid")]
    [InlineData("Guid")]
    [InlineData("Ip")]
    [InlineData("Luhn")]
    public void Every_kind_has_values_that_are_right_and_values_that_are_wrong(string kind)
    {
        var vectors = PublicVector.ReadAll().Where(vector => vector.Kind == kind).ToArray();

        Assert.Contains(vectors, static vector => vector.IsValid);
        Assert.Contains(vectors, static vector => !vector.IsValid);
    }
}
