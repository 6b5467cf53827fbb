namespace KekeStar.Antifraud.Tests.Dashboard;

public sealed class AccessDocumentTests
{
    [Fact]
    public void The_document_of_the_access_table_is_up_to_date()
    {
        var path = RepositoryFiles.PathOf("docs/dashboard-access.md");
        var expected = AccessDocument.Write();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }
}
