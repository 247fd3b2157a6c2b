Imports LifetimeMonitoring
Imports LifetimeMonitoring.Reports

''' <summary>The library as a user of Visual Basic writes it: half of the test is that this compiles.</summary>
Public Module PlainImport
    Private s_held As Object

    Public Sub AssertThatADroppedObjectIsDead()
        LifeTimeMonitor.Track(Function() New Object()).AssertDead()
        Using scope As New LifetimeScope()
            Track()
        End Using
    End Sub

    Public Function CheckAHeldObject() As LifetimeReport
        Dim monitor As LifeTimeMonitor = LifeTimeMonitor.Track(Function() Hold(New Object()))
        Return monitor.Check()
    End Function

    Private Sub Track()
        LifetimeScope.Track(New Object())
    End Sub

    Private Function Hold(target As Object) As Object
        s_held = target
        Return target
    End Function
End Module
