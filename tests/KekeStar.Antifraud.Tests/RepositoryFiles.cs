namespace KekeStar.Antifraud.Tests;

/// <summary>Files of the repository that tests compare with what the code says.</summary>
internal static class RepositoryFiles
{
    /// <summary>Path of a file, from the folder of the solution.</summary>
    public static string PathOf(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KekeStar.Antifraud.sln")))
            {
                return Path.Combine(folder.FullName, relative);
            }
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
