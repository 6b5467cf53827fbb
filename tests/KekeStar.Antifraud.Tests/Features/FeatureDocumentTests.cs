namespace KekeStar.Antifraud.Tests.Features;

public sealed class FeatureDocumentTests
{
    [Fact]
    public void The_document_of_the_features_is_up_to_date()
    {
        var path = RepositoryFiles.PathOf("docs/features.md");
        var expected = FeatureDocument.Write();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }
}
