namespace KekeStar.Antifraud.Tests.Decision.Labels;

public sealed class LabelDocumentTests
{
    [Fact]
    public void The_document_of_the_labels_is_up_to_date()
    {
        var path = RepositoryFiles.PathOf("docs/labels.md");
        var expected = LabelDocument.Write();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }
}
