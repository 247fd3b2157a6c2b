namespace XunitV3.Specimen;

/// <summary>Ordinary tests that make dialogs while tests with a claim about dialogs would like to run.</summary>
public abstract class Dialogs
{
    [Fact]
    public async Task One_after_the_other()
    {
        for (int i = 0; i < 60; i++)
        {
            Dialog.MakeAndKeep();
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}

public sealed class DialogsA : Dialogs;

public sealed class DialogsB : Dialogs;
