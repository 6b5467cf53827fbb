using KekeStar.Antifraud.Rights;

namespace KekeStar.Antifraud.Tests.Rights;

public sealed class DataInventoryDocumentTests
{
    [Theory]
    [InlineData(nameof(InventoryLanguage.English), "docs/data-inventory.md")]
    [InlineData(nameof(InventoryLanguage.Chinese), "docs/data-inventory.zh-CN.md")]
    public void The_document_of_the_inventory_is_up_to_date(string language, string document)
    {
        var path = RepositoryFiles.PathOf(document);
        var expected = DataInventoryDocument.Write(Enum.Parse<InventoryLanguage>(language));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }
}
