namespace NUnit.Claims.Specimen;

/// <summary>Ordinary tests that make dialogs while tests with a claim about dialogs would like to run.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class Dialogs
{
    [Test]
    public async Task One_after_the_other()
    {
        for (int i = 0; i < 60; i++)
        {
            Dialog.MakeAndKeep();
            await Task.Delay(5, TestContext.CurrentContext.CancellationToken);
        }
    }

    [Test]
    public Task At_the_same_time() => One_after_the_other();
}
