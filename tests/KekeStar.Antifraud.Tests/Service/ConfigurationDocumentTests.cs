namespace KekeStar.Antifraud.Tests.Service;

public sealed class ConfigurationDocumentTests
{
    [Fact]
    public void The_document_of_the_settings_is_up_to_date()
    {
        var path = RepositoryFiles.PathOf("docs/configuration.md");
        var expected = ConfigurationDocument.Write();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }
}
