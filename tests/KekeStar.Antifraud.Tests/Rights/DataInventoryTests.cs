using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Tests.Wire;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Rights;

/// <summary>The inventory holds all that a caller can send, and says of each what becomes of it.</summary>
public sealed partial class DataInventoryTests
{
    [Fact]
    public void Every_field_of_every_request_is_in_the_inventory_once()
    {
        // By another way than the inventory's own: whatever the contract's messages hold that is not a reply.
        var replies = ContractTree.Files.SelectMany(file => file.Services).SelectMany(service => service.Methods)
            .SelectMany(method => WithParts(method.OutputType)).ToHashSet();
        MessageDescriptor[] options = [SignalOptions.Descriptor];
        var expected = ContractTree.Messages()
            .Where(message => !replies.Contains(message) && !options.Contains(message))
            .SelectMany(message => message.Fields.InFieldNumberOrder())
            .Where(field => ContractTree.IsLeaf(field) || ContractTree.Options(field) is not null)
            .Select(field => $"{field.ContainingType.Name}.{field.Name}")
            .Order(StringComparer.Ordinal);

        var listed = DataInventory.Signals.SelectMany(signal => signal.Places).Concat(OtherFields.All.Select(field => field.Place));

        Assert.Equal(expected, listed.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Every_field_without_options_is_a_stated_exception_and_every_exception_exists()
    {
        var without = DataInventory.Fields.Where(field => ContractTree.Options(field) is null).Select(DataInventory.PlaceOf);

        Assert.Equal(without.Order(StringComparer.Ordinal), OtherFields.All.Select(field => field.Place).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Every_text_stands_in_both_languages()
    {
        var texts = InventoryTable.All
            .SelectMany(table => table.Rows.SelectMany(row => row).Concat(table.Columns).Append(table.Title))
            .Append(InventoryWords.Title).Append(InventoryWords.Introduction);

        Assert.All(texts, text =>
        {
            Assert.DoesNotMatch(Chinese(), text.English);
            var words = Names().Replace(text.Chinese, "");
            Assert.True(words.Trim('；').Length == 0 || Chinese().IsMatch(words), text.Chinese);
            Assert.DoesNotMatch(EnglishSentence(), words);
            Assert.Equal(Names().Matches(text.English).Select(name => name.Value), Names().Matches(text.Chinese).Select(name => name.Value), StringComparer.Ordinal);
        });
    }

    [Fact]
    public void Every_row_has_a_cell_for_every_column_and_no_cell_is_empty() => Assert.All(InventoryTable.All, table =>
    {
        Assert.NotEmpty(table.Rows);
        Assert.All(table.Rows, row =>
        {
            Assert.Equal(table.Columns.Count, row.Count);
            Assert.All(row, cell => Assert.True(cell.English.Length > 0 && cell.Chinese.Length > 0));
        });
    });

    [Fact]
    public void Only_what_is_not_refusable_stands_on_the_contract_and_the_law()
    {
        var consent = LegalBases.Of(ConsentCategory.Sim);

        Assert.Contains("Art. 15", consent.English, StringComparison.Ordinal);
        Assert.Contains("第十五条", consent.Chinese, StringComparison.Ordinal);
        Assert.All(
            DataInventory.Signals,
            signal => Assert.Equal(signal.Consent != ConsentCategory.Essential, signal.LegalBasis == consent));
    }

    [Theory]
    [InlineData("imei", RetentionClass.Windows, "pseudonym")]
    [InlineData("software", RetentionClass.Windows, "sketch")]
    [InlineData("processes", RetentionClass.Request, "one bit")]
    [InlineData("accelerometer", RetentionClass.Windows, "digests")]
    [InlineData("gyroscope", RetentionClass.Request, "summary")]
    [InlineData("model", RetentionClass.Windows, "coarse class")]
    [InlineData("scene", RetentionClass.Windows, "the value")]
    [InlineData("list_entry", RetentionClass.Lists, "pseudonym")]
    [InlineData("minor", RetentionClass.ConsentMarkers, "the decision")]
    [InlineData("purpose", RetentionClass.AuditLog, "audit log")]
    [InlineData("sealed_identifiers", RetentionClass.Request, "nothing")]
    public void What_is_kept_and_where_follows_from_the_options(string name, object place, string kept)
    {
        var signal = DataInventory.Signals.Single(signal => signal.Name == name);

        Assert.Equal(place, signal.Retention);
        Assert.Contains(kept, signal.Kept.English, StringComparison.Ordinal);
    }

    private static IEnumerable<MessageDescriptor> WithParts(MessageDescriptor message) => message.Fields.InFieldNumberOrder()
        .Where(field => !ContractTree.IsLeaf(field))
        .SelectMany(field => WithParts(field.MessageType))
        .Prepend(message);

    [GeneratedRegex(@"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", RegexOptions.None, 1_000)]
    private static partial Regex Chinese();

    [GeneratedRegex("`[^`]*`", RegexOptions.None, 1_000)]
    private static partial Regex Names();

    // Two English words in a row; one alone may be a product's name.
    [GeneratedRegex("[A-Za-z]{2,} [A-Za-z]{2,}", RegexOptions.None, 1_000)]
    private static partial Regex EnglishSentence();
}
